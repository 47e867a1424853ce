using System.Collections.Concurrent;

namespace JupyterHub.AspNetCore.Tests.Fuzz;

/// <summary>Names of what the hub holds and of what may be made: few, so that requests meet the same things again and again.</summary>
internal sealed class FuzzNames(Uri upstream)
{
    private static readonly string[] Scopes =
    [
        "read:users", "list:users", "read:users!user=ada", "servers!user", "access:servers!server=ada/lab", "read:servers!server=ada/lab", "read:roles", "tokens", "self", "inherit",
        "read:users:name!group=g1", "admin:users", "read:services", "users:activity!user",
    ];

    /// <summary>Tokens that bodies brought along; none of them may be seen in a log.</summary>
    public ConcurrentBag<string> Secrets { get; } = [];

    /// <summary>A path parameter.</summary>
    public static string Path(string parameter, Random random) => parameter switch
    {
        "user" => User(random),
        "owner" => random.Next(3) == 0 ? User(random) : Pick(random, "ada", "grace"),
        "group" => $"g{random.Next(6)}",
        "service" => $"s{random.Next(6)}",
        "role" => random.Next(8) == 0 ? Pick(random, "user", "admin", "server", "token") : $"role{random.Next(6)}",
        "server" => Server(random),
        "token" => $"a{random.Next(1, 20)}",
        "name" => "jupyterhub-hub-login",
        "code" => Pick(random, "404", "503", "500"),
        _ => Pick(random, "x", "hub.css", "a/b", "home"),
    };

    /// <summary>A text inside a body, by the member's name.</summary>
    public string Value(string member, string? format, Random random) => format == "date-time" ? DateTimeOffset.UtcNow.AddMinutes(random.Next(-5000, 40)).ToString("yyyy-MM-ddTHH:mm:ssZ") : member switch
    {
        "users" or "usernames" or "user" => User(random),
        "groups" or "group" => $"g{random.Next(6)}",
        "services" or "service" => $"s{random.Next(6)}",
        "role" or "roles" => $"role{random.Next(6)}",
        "scope" or "scopes" or "oauth_client_allowed_scopes" => Pick(random, Scopes),
        "servers" => Server(random),
        "name" => Pick(random, $"u{random.Next(6)}", $"g{random.Next(6)}", $"role{random.Next(6)}"),
        "url" => upstream.GetLeftPart(UriPartial.Authority),
        "oauth_client_id" => $"service-{random.Next(6)}",
        "oauth_redirect_uri" => "/services/x/oauth_callback",
        "api_token" => Secret(random),
        _ => Pick(random, "text", "some text", "lab", "x"),
    };

    private static string User(Random random) => random.Next(3) == 0 ? Pick(random, "ada", "grace", "edsger") : $"u{random.Next(6)}";

    private static string Server(Random random) => random.Next(2) == 0 ? "lab" : $"n{random.Next(4)}";

    private string Secret(Random random)
    {
        var secret = $"secret{random.NextInt64():x16}";
        Secrets.Add(secret);
        return secret;
    }

    private static string Pick(Random random, params string[] texts) => texts[random.Next(texts.Length)];
}
