using JupyterHub.Rbac.Filters;

namespace JupyterHub.Core.Roles;

/// <summary>For which holders of roles something is permitted.</summary>
/// <param name="Users">Users, by name or by group.</param>
/// <param name="Groups">Groups.</param>
/// <param name="Services">Services.</param>
internal sealed record RoleReach(ScopeFilters Users, ScopeFilters Groups, ScopeFilters Services)
{
    public static RoleReach Of(ScopeFilters filters) => new(filters, filters, filters);
}
