using JupyterHub.Core.Authorization;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Core.Roles;

/// <summary>Who made or gave a role is somebody, too: the name is for those who may read it.</summary>
internal static class RoleCreators
{
    private const string User = "user ";

    /// <param name="creator">As it is kept: <c>user ada</c>, or <c>service</c> and a name.</param>
    /// <param name="reader">Who looks.</param>
    /// <returns>Null for nobody, and for whom the reader may not know of.</returns>
    public static string? Shown(string? creator, Requester reader)
    {
        if (string.IsNullOrEmpty(creator))
        {
            return null;
        }

        var name = creator[(creator.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        var isShown = creator.StartsWith(User, StringComparison.Ordinal)
            ? reader.Allows("read:users:name", Resource.User(name))
            : reader.Allows("read:services:name", Resource.Service(name));
        return isShown ? creator : null;
    }
}
