using JupyterHub.Core.Authorization;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Roles.Reading;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Roles;

/// <summary>Which buttons make sense; whether they work is decided with the change.</summary>
internal static class RoleRights
{
    private static readonly string[] Writing = ["admin:users", "admin:groups", "admin:services"];

    /// <summary>True for who may write users, groups or services, whichever.</summary>
    public static bool MayWriteSomething(Requester requester) => Writing.Any(requester.Authority.Permissions.Holds);

    /// <summary>True for a role that was made at run time: others are changed where they come from.</summary>
    public static bool IsChangeable(RoleDetails role) => role.Origin == RoleOrigins.Api && BuiltInRoles.Find(role.Name) is null;

    /// <summary>True if the assignment can be taken back here: it was made here, or it is the admin role, which goes with the flag.</summary>
    public static bool IsRemovable(string role, string origin) => origin == RoleOrigins.Api || role == BuiltInRoles.AdminName;

    /// <summary>True if the one who gave something, as <c>user ada</c>, may be named to the reader.</summary>
    public static bool MayName(Requester reader, string creator)
    {
        var name = creator[(creator.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return creator.StartsWith("user ", StringComparison.Ordinal)
            ? reader.Allows("read:users:name", Resource.User(name))
            : reader.Allows("read:services:name", Resource.Service(name));
    }
}
