using JupyterHub.Core.Authorization;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Roles.Reading;
using JupyterHub.Rbac.Roles;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Roles;

/// <summary>Which buttons make sense; whether they work is decided with the change.</summary>
internal static class RoleRights
{
    /// <summary>Any of these lets somebody write roles; whether it suffices for one is decided with the change.</summary>
    public static readonly string[] Writing = ["admin:users", "admin:groups", "admin:services"];

    /// <summary>True for who may write users, groups or services, whichever.</summary>
    public static bool MayWriteSomething(Requester requester) => Writing.Any(requester.Authority.Permissions.Holds);

    /// <summary>True for a role that was made at run time: others are changed where they come from.</summary>
    public static bool IsChangeable(RoleDetails role) => role.Origin == RoleOrigins.Api && BuiltInRoles.Find(role.Name) is null;

    /// <summary>True if the assignment can be taken back here: it was made here, or it is the admin role, which goes with the flag.</summary>
    public static bool IsRemovable(string role, string origin) => origin == RoleOrigins.Api || role == BuiltInRoles.AdminName;
}
