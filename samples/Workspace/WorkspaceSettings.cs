using System.Globalization;
using System.Text.Json;

namespace Workspace;

/// <summary>What the hub tells a server in its environment, read once and checked.</summary>
internal sealed class WorkspaceSettings
{
    /// <summary>The version of the hub's contract that this app speaks.</summary>
    public const string ContractVersion = "6.0.0";

    public required ListenAddress Listen { get; init; }

    /// <summary>Path of this server, percent-encoded as the hub wrote it, with a slash at both ends.</summary>
    public required string Prefix { get; init; }

    /// <summary>The hub's API as this process reaches it, without a slash at the end.</summary>
    public required string ApiUrl { get; init; }

    public required string ApiToken { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Where the hub sends browsers back to; usually a bare path.</summary>
    public required string CallbackUrl { get; init; }

    /// <summary>The callback's path below <see cref="Prefix"/>.</summary>
    public required string CallbackRoute { get; init; }

    /// <summary>Who holds one of these scopes may come in.</summary>
    public required IReadOnlyList<string> AccessScopes { get; init; }

    /// <summary>The hub's pages as browsers see them, with a slash at the end.</summary>
    public required string HubPages { get; init; }

    /// <summary>Origin of the deployment when the hub knows it, else empty.</summary>
    public required string PublicHost { get; init; }

    public required string UserName { get; init; }

    public required string ServerName { get; init; }

    public string? ActivityUrl { get; init; }

    public required TimeSpan ActivityInterval { get; init; }

    public static WorkspaceSettings Read(Func<string, string?> variable)
    {
        var prefix = ReadPrefix("JUPYTERHUB_SERVICE_PREFIX", Required(variable, "JUPYTERHUB_SERVICE_PREFIX"));
        var callback = Optional(variable, "JUPYTERHUB_OAUTH_CALLBACK_URL") ?? prefix + "oauth_callback";
        var host = (Optional(variable, "JUPYTERHUB_HOST") ?? "").TrimEnd('/');
        var baseUrl = ReadPrefix("JUPYTERHUB_BASE_URL", Optional(variable, "JUPYTERHUB_BASE_URL") ?? "/");
        return new WorkspaceSettings
        {
            ApiToken = Required(variable, "JUPYTERHUB_API_TOKEN"),
            ClientId = Required(variable, "JUPYTERHUB_CLIENT_ID"),
            ApiUrl = ReadUrl("JUPYTERHUB_API_URL", Required(variable, "JUPYTERHUB_API_URL")),
            Listen = ListenAddress.Parse("JUPYTERHUB_SERVICE_URL", Required(variable, "JUPYTERHUB_SERVICE_URL")),
            Prefix = prefix,
            CallbackUrl = callback,
            CallbackRoute = RouteOf(callback, prefix),
            AccessScopes = ReadScopes("JUPYTERHUB_OAUTH_ACCESS_SCOPES", Required(variable, "JUPYTERHUB_OAUTH_ACCESS_SCOPES")),
            PublicHost = host,
            HubPages = $"{host}{baseUrl}hub/",
            UserName = Optional(variable, "JUPYTERHUB_USER") ?? "",
            ServerName = Optional(variable, "JUPYTERHUB_SERVER_NAME") ?? "",
            ActivityUrl = Optional(variable, "JUPYTERHUB_ACTIVITY_URL") is { } url ? ReadUrl("JUPYTERHUB_ACTIVITY_URL", url) : null,
            ActivityInterval = ReadSeconds("JUPYTERHUB_ACTIVITY_INTERVAL", Optional(variable, "JUPYTERHUB_ACTIVITY_INTERVAL") ?? "300"),
        };
    }

    private static string? Optional(Func<string, string?> variable, string name) =>
        variable(name) is { Length: > 0 } value ? value : null;

    private static string Required(Func<string, string?> variable, string name) =>
        Optional(variable, name)
        ?? throw new WorkspaceException($"{name} is not set. This program is started by a hub, which sets it.");

    private static string ReadPrefix(string name, string value) =>
        value.StartsWith('/') && value.EndsWith('/') && !value.StartsWith("//", StringComparison.Ordinal)
            ? value
            : throw new WorkspaceException($"{name} must begin and end with one slash.");

    private static string ReadUrl(string name, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? value.TrimEnd('/')
            : throw new WorkspaceException($"{name} must be an http or https address.");

    private static string RouteOf(string callback, string prefix)
    {
        var path = Uri.TryCreate(callback, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url.AbsolutePath
            : callback;
        return path.StartsWith(prefix, StringComparison.Ordinal) && path.Length > prefix.Length
            ? path[prefix.Length..]
            : throw new WorkspaceException("JUPYTERHUB_OAUTH_CALLBACK_URL must lie below JUPYTERHUB_SERVICE_PREFIX.");
    }

    private static string[] ReadScopes(string name, string json)
    {
        try
        {
            if (JsonSerializer.Deserialize<string[]>(json) is { Length: > 0 } scopes)
            {
                return scopes;
            }
        }
        catch (JsonException)
        {
            // Said below, together with the empty list.
        }

        throw new WorkspaceException($"{name} must be a JSON list of at least one scope.");
    }

    private static TimeSpan ReadSeconds(string name, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 86400
            ? TimeSpan.FromSeconds(seconds)
            : throw new WorkspaceException($"{name} must be a number of seconds from 0 to 86400.");
}
