using JupyterHub.Core.Services;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Roles;

/// <summary>
/// The part of the stored roles that belongs to the configuration, as the plan of a start sees it: what the API or an authenticator
/// gave is not there, and services are those that there will be.
/// </summary>
internal static class DeclaredState
{
    public static RoleState Create(StoredRoles stored, Declarations declared, IReadOnlyList<ServicePrincipal> services)
    {
        var roles = stored.Roles.Where(StoredRoles.IsDeclared).ToArray();
        var names = roles.Select(role => role.Name).ToHashSet(StringComparer.Ordinal);
        var principals = Principals(stored, services);
        return new RoleState
        {
            Roles = [.. roles.Select(role => new StoredRole(role.Name, role.Description, role.Scopes, role.ManagedByAuth))],
            Assignments =
            [
                .. stored.Assignments
                    .Where(held => held.IsDeclared && names.Contains(held.Role) && (held.Holder.Kind == ResourceKind.Group || principals.ContainsKey(held.Holder)))
                    .Where(held => !IsWithheld(held, services))
                    .Select(held => held.ToAssignment()),
            ],
            Principals = [.. principals.Select(principal => new AdminFlag(principal.Key, principal.Value))],
            Groups = [.. stored.Groups.Union(declared.Groups.Select(group => group.Name), StringComparer.Ordinal)],
        };
    }

    /// <summary>
    /// True for the role admin of a declared service that is not declared an administrator any more: the original would make it one
    /// again because it still holds the role.
    /// </summary>
    public static bool IsWithheld(StoredAssignment held, IReadOnlyList<ServicePrincipal> services) =>
        held.IsAdmin && held.IsDeclared && services.Any(service => service.Who == held.Holder && service.IsDeclared && !service.IsAdmin);

    private static Dictionary<ScopeOwner, bool> Principals(StoredRoles stored, IReadOnlyList<ServicePrincipal> services)
    {
        // Who is an administrator by the API's grace is none to the configuration, which would otherwise make that permanent.
        var others = stored.Assignments.Where(held => held.IsAdmin && !held.IsDeclared).Select(held => held.Holder).ToHashSet();
        var principals = stored.Flags
            .Where(flag => flag.Key.Kind == ResourceKind.User)
            .ToDictionary(flag => flag.Key, flag => flag.Value && !others.Contains(flag.Key));
        foreach (var service in services)
        {
            principals.Add(service.Who, service.IsAdmin && (service.IsDeclared || !others.Contains(service.Who)));
        }

        return principals;
    }
}
