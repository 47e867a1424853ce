using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Roles.Changes;

/// <summary>Finds out what a request would change, without changing it.</summary>
internal sealed class RolePlanner(ScopeEngine engine)
{
    /// <summary>Holders of each kind that are looked at one by one.</summary>
    public const int MostHolders = 10_000;

    // POST api/roles/preview asks what a change would do.
    private const string Reserved = "preview";

    /// <exception cref="RoleChangeException">The request makes no sense, or the role is not there, or is there already.</exception>
    public async Task<RoleChangePlan> PlanAsync(HubDbContext db, RoleRequest request, DateTime now, CancellationToken cancellationToken)
    {
        CheckName(request.Role);
        var row = await db.Roles.Include(role => role.Origin).SingleOrDefaultAsync(role => role.Name == request.Role, cancellationToken);
        var isLive = row is not null && (row.Origin?.ExpiresAt is not { } end || end > now);
        if (request is CreateRole create)
        {
            if (create.Role == Reserved)
            {
                throw RoleChangeException.Invalid($"Role name {Reserved} is an address of the API; choose another");
            }

            return isLive
                ? throw RoleChangeException.Conflict($"Role {request.Role} already exists")
                : await PlanAsync(db, create, row, now, cancellationToken);
        }

        if (!isLive)
        {
            throw RoleChangeException.NotFound($"No such role: {request.Role}");
        }

        var holders = await RoleHolders.OfRoleAsync(db, row!.Id, now, MostHolders + 1, cancellationToken);
        var plan = new RoleChangePlan(request)
        {
            Row = row,
            Before = new RoleVersion(KnownScopes.Of(engine, row.Scopes), row.Origin?.ExpiresAt, holders),
            HasUncountedHolders = holders.GroupBy(holding => holding.Holder.Kind).Any(kind => kind.Count() > MostHolders),
        };
        return request switch
        {
            ChangeRole change => plan with { After = Changed(plan.Before, change, now) },
            AssignRole assign => await PlanAsync(db, plan, assign.Holder, assign, now, cancellationToken),
            RemoveRole remove => await PlanAsync(db, plan, remove.Holder, null, now, cancellationToken),
            _ => plan,
        };
    }

    private static void CheckName(string name)
    {
        if (!RoleNames.IsValid(name))
        {
            throw RoleChangeException.Invalid(
                "Invalid role name: use 3 to 255 of a-z, 0-9, '-', '_', '~' and '.', beginning with a letter and ending with a letter or digit");
        }
    }

    private static void CheckExpiry(DateTime? end, DateTime now)
    {
        if (end <= now)
        {
            throw RoleChangeException.Invalid("What expires must do so in the future");
        }
    }

    private async Task<RoleChangePlan> PlanAsync(HubDbContext db, CreateRole create, HubRole? expired, DateTime now, CancellationToken cancellationToken)
    {
        CheckExpiry(create.ExpiresAt, now);
        return new RoleChangePlan(create)
        {
            Row = expired,
            After = new RoleVersion(RoleScopes.Check(engine, create.Scopes), create.ExpiresAt, [.. create.Holders.Distinct().Select(holder => new RoleHolding(holder, null))]),
            Named = await RoleHolders.IdsAsync(db, create.Holders, cancellationToken),
        };
    }

    private RoleVersion Changed(RoleVersion before, ChangeRole change, DateTime now)
    {
        CheckExpiry(change.ExpiresAt, now);
        return before with
        {
            Scopes = change.Scopes is { } scopes ? RoleScopes.Check(engine, scopes) : before.Scopes,
            ExpiresAt = change.HasExpiry ? change.ExpiresAt : before.ExpiresAt,
        };
    }

    private static async Task<RoleChangePlan> PlanAsync(
        HubDbContext db, RoleChangePlan plan, ScopeOwner holder, AssignRole? assign, DateTime now, CancellationToken cancellationToken)
    {
        CheckExpiry(assign?.ExpiresAt, now);
        var named = await RoleHolders.IdsAsync(db, [holder], cancellationToken);
        var holding = named[holder] is { } id ? await RoleHolders.FindAsync(db, plan.Row!.Id, holder, id, now, cancellationToken) : null;
        var others = plan.Before!.Holders.Where(held => held.Holder != holder);
        var end = assign is { HasExpiry: true } || holding is not { IsLive: true } ? assign?.ExpiresAt : holding.ExpiresAt;
        return plan with
        {
            Named = named,
            Holding = holding,
            After = plan.Before with { Holders = assign is null ? [.. others] : [.. others, new RoleHolding(holder, end)] },
        };
    }
}
