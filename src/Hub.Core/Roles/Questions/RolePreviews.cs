using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Rbac.Explanations;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Roles.Questions;

/// <summary>Answers what a change of a role would give and take, without making it. It asks the same code that would make it.</summary>
internal sealed class RolePreviews(IHubDatabase database, RoleChanges changes, ScopeEngine engine, TimeProvider time)
{
    /// <exception cref="RoleChangeException">The request makes no sense, or the requester may not read what it names.</exception>
    public Task<RolePreview> FindAsync(RoleRequest request, Requester requester, CancellationToken cancellationToken)
    {
        var visible = new RoleVisibility(requester.Authority);
        return database.ReadAsync(
            async (db, token) =>
            {
                var now = time.GetHubTime();
                var plan = await changes.PlanAsync(db, request, visible, token);
                CheckReadable(plan, visible);
                var grantor = await Grantor.ReadAsync(db, engine, requester, now, token);
                var (principals, isComplete) = await new AffectedPrincipals(db, plan, visible).FindAsync(token);
                var before = await new AccessWorlds(db, engine, grantor.Membership, now).ReadAsync(principals, token);
                return new RolePreview(changes.FindRefusal(plan, grantor, visible), AccessDiff.Between(before, After(before, plan)), isComplete)
                {
                    Before = plan.Before,
                    After = plan.After,
                    Description = plan.Before is null ? null : plan.Row?.Description,
                    Stamp = RoleStamp.Of(plan),
                };
            },
            cancellationToken);
    }

    private static void CheckReadable(RoleChangePlan plan, RoleVisibility visible)
    {
        var refusals = new RoleRefusals(plan, visible);
        if (!refusals.IsKnown())
        {
            throw new RoleChangeException(RoleChangeError.NotFound, RoleRefusals.Masked) { RequiredScopes = ["read:roles"] };
        }

        if (!refusals.IsReadable() || plan.Named.Keys.FirstOrDefault(who => !visible.CanReadRolesOf(who)) is { Name: not null })
        {
            throw new RoleChangeException(RoleChangeError.Forbidden, "A change can be looked at by who may read the role and those it names; requires any of [read:roles]")
            {
                RequiredScopes = ["read:roles"],
            };
        }
    }

    private static RbacWorld After(RbacWorld before, RoleChangePlan plan)
    {
        var role = plan.Request.Role;
        var others = before.Grants.Where(grant => grant is not RoleGrant held || held.Role != role);
        var holders = (plan.After?.Holders ?? []).Select(holding => holding.Holder).Select(holder => new RoleGrant(holder, role));
        return before.WithRole(role, plan.After?.Scopes ?? []).WithGrants([.. others, .. holders]);
    }
}
