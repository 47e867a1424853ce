namespace JupyterHub.Core.Hosting;

/// <summary>The roles that every hub has (contract 5).</summary>
internal static class DefaultRoles
{
    public const string User = "user";
    public const string Admin = "admin";
    public const string Server = "server";
    public const string Token = "token";

    public static IReadOnlyList<DefaultRole> All { get; } =
    [
        new(User, "What every user may do with what is their own", ["self"]),
        new(
            Admin,
            "May do everything on this hub",
            [
                "admin-ui", "admin:users", "admin:servers", "admin:services", "tokens", "admin:groups", "list:services",
                "read:services", "read:hub", "proxy", "shutdown", "access:services", "access:servers", "read:roles",
                "read:metrics", "shares",
            ]),
        new(Server, "What a started server may do: report activity and let its own visitors in", ["users:activity!user", "access:servers!server"]),
        new(Token, "What a token may do that was made without naming scopes: all that its owner may", ["inherit"]),
    ];

    internal sealed record DefaultRole(string Name, string Description, IReadOnlyList<string> Scopes);
}
