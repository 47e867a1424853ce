using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Core.Authorization;

/// <summary>What somebody may do, as the database stood at one version.</summary>
/// <param name="RawScopes">The scopes of all roles held, as declared.</param>
/// <param name="Permissions">The same, expanded; for a token cut down to what the token gives.</param>
/// <param name="Membership">Who belongs to which group, for decisions with group filters.</param>
internal sealed record Authority(IReadOnlyList<string> RawScopes, PermissionSet Permissions, MembershipSnapshot Membership)
{
    public bool Allows(string scope) => Permissions.Allows(scope);

    public bool Allows(string scope, Resource resource) => Permissions.Allows(scope, resource, Membership);
}
