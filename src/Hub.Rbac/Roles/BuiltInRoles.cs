namespace JupyterHub.Rbac.Roles;

/// <summary>The roles that every hub has (contract 5). None can be deleted.</summary>
public static class BuiltInRoles
{
    /// <summary>The role that every user holds.</summary>
    public const string UserName = "user";

    /// <summary>The role that goes with the admin flag.</summary>
    public const string AdminName = "admin";

    /// <summary>The template of a server's own token.</summary>
    public const string ServerName = "server";

    /// <summary>The template of tokens without scopes of their own.</summary>
    public const string TokenName = "token";

    /// <summary>Held by every user: one's own things.</summary>
    public static RoleDefinition User { get; } = new(UserName)
    {
        Description = "What every user may do",
        Scopes = ["self"],
    };

    /// <summary>Everything that the built-in scopes allow. Neither its scopes nor its description can be overridden.</summary>
    public static RoleDefinition Admin { get; } = new(AdminName)
    {
        Description = "Full control of the hub",
        Scopes =
        [
            "admin-ui", "admin:users", "admin:servers", "admin:services", "tokens", "admin:groups", "list:services", "read:services",
            "read:hub", "proxy", "shutdown", "access:services", "access:servers", "read:roles", "read:metrics", "shares",
        ],
    };

    /// <summary>What a server may do with its own token.</summary>
    public static RoleDefinition Server { get; } = new(ServerName)
    {
        Description = "Report activity and let people in",
        Scopes = ["users:activity!user", "access:servers!server"],
    };

    /// <summary>What a token may do when nothing else was asked for.</summary>
    public static RoleDefinition Token { get; } = new(TokenName)
    {
        Description = "As much as the owner",
        Scopes = ["inherit"],
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RoleDefinition> All { get; } = [User, Admin, Server, Token];

    /// <summary>The default role of that name; null for any other name.</summary>
    public static RoleDefinition? Find(string name) => All.FirstOrDefault(role => role.Name == name);
}
