using JupyterHub.Core.Authorization;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Rbac.Explanations;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Roles.Questions;

/// <summary>What somebody may ask about permissions, and which names the answer may hold.</summary>
internal sealed class AskingRules(Requester requester)
{
    private const string ReadMembership = "read:users:groups";

    private readonly RoleVisibility visible = new(requester.Authority);

    public ScopeOwner Self => requester.IsUser ? ScopeOwner.User(requester.Name) : ScopeOwner.Service(requester.Name);

    /// <exception cref="RoleChangeException">The requester may not ask about that one, or about that entity.</exception>
    public void Check(AccessQuestion question)
    {
        if (question.Who is not { } who)
        {
            return;
        }

        if (!MayReadRolesOf(who))
        {
            throw Refusal("read:roles", who);
        }

        // A decision tells whether there is a membership that makes it.
        if (question.Resource is { Kind: ResourceKind.User or ResourceKind.Server, Name: var name } && ScopeOwner.User(name) is var owner
            && owner != who && !requester.Allows(ReadMembership, Resource.User(name)))
        {
            throw Refusal(ReadMembership, owner);
        }
    }

    /// <summary>True if the answer may tell of this grant.</summary>
    public bool MayName(ExplainedGrant grant, ScopeOwner who)
    {
        var holder = grant.Grant.Holder;
        var isReadable = grant.Grant switch
        {
            RoleGrant => holder == who ? MayReadRolesOf(who) : visible.CanReadRolesOf(holder),
            _ => requester.Allows(holder.Kind == ResourceKind.Group ? "read:groups:shares" : "read:users:shares", RoleVisibility.AsResource(holder)),
        };
        return isReadable && (holder.Kind != ResourceKind.Group || visible.CanTellMembership(who.Name, holder.Name));
    }

    /// <summary>True if the answer may hold this scope: one with a group tells that the entity's user is in it.</summary>
    public bool MayName(FilteredScope scope, Resource? resource) =>
        scope is not { Filter: ResourceKind.Group, Value: { } group } || resource is not { Kind: ResourceKind.User or ResourceKind.Server, Name: var user }
        || visible.CanTellMembership(user, group);

    /// <summary>The grant without a membership that may not be told.</summary>
    public ExplainedGrant Trim(ExplainedGrant grant, Resource? resource) =>
        grant.MatchedGroup is { } group && resource is { Name: var user } && !visible.CanTellMembership(user, group) ? grant.WithoutMatchedGroup() : grant;

    private bool MayReadRolesOf(ScopeOwner who) => visible.CanReadRolesOf(who) || (who == Self && requester.Allows(requester.IsUser ? "read:users" : "read:roles:services", requester.Self));

    private RoleChangeException Refusal(string scope, ScopeOwner about)
    {
        var needed = $"{scope}!{about.Kind.ToString().ToLowerInvariant()}={about.Name}";
        return requester.Authority.Permissions.Holds(scope)
            ? new RoleChangeException(RoleChangeError.NotFound, RoleRefusals.Masked) { RequiredScopes = [needed] }
            : new RoleChangeException(RoleChangeError.Forbidden, $"Action is not authorized with current scopes; requires any of [{scope}]") { RequiredScopes = [needed] };
    }
}
