using JupyterHub.Core.Authorization;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api.Models;

/// <summary>Which keys of a user model a requester sees (contract 3): the union over the scopes that cover the user.</summary>
internal static class UserFields
{
    private static readonly (string Scope, string[] Keys)[] Rules =
    [
        ("read:users", ["kind", "name", "user_info", "admin", "roles", "groups", "server", "pending", "created", "last_activity"]),
        ("read:users:name", ["kind", "name", "user_info", "admin"]),
        ("read:users:groups", ["kind", "name", "groups"]),
        ("read:users:activity", ["kind", "name", "last_activity"]),
        ("read:servers", ["kind", "name", "servers"]),
        ("read:roles:users", ["kind", "name", "roles", "admin"]),
        ("admin:auth_state", ["kind", "name", "auth_state"]),
    ];

    /// <param name="requester">Who asks.</param>
    /// <param name="userName">Whose model it is.</param>
    /// <param name="isSelf">True where the requester may see name and groups whatever the scopes say: in its own identity.</param>
    public static HashSet<string> VisibleTo(Requester requester, string userName, bool isSelf)
    {
        var user = Resource.User(userName);
        var visible = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (scope, keys) in Rules)
        {
            var isIdentity = isSelf && scope is ("read:users:name" or "read:users:groups");
            if (isIdentity || requester.Allows(scope, user))
            {
                visible.UnionWith(keys);
            }
        }

        return visible;
    }
}
