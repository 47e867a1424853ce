using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Roles;

/// <summary>A row of one of the tables that say who holds which role.</summary>
/// <param name="Holder">The user, group or service.</param>
/// <param name="Role">The role's name.</param>
/// <param name="IsManaged">The authenticator of the original gave it.</param>
/// <param name="IsDeclared">It came from the configuration, so that the configuration may take it.</param>
internal sealed record StoredAssignment(ScopeOwner Holder, string Role, bool IsManaged, bool IsDeclared)
{
    public bool IsAdmin => Role == BuiltInRoles.AdminName;

    public RoleAssignment ToAssignment() => new(Holder, Role, IsManaged);
}
