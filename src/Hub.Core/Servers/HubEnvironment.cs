using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Servers;

/// <summary>Builds the variables that the hub gives every server (contract 8.1), clients from 2.0 to 6.0 included.</summary>
internal sealed class HubEnvironment(HubAddresses addresses, SpawnerOptions options, JupyterHubOptions hub)
{
    /// <exception cref="InvalidOperationException">The hub's listener is not bound yet.</exception>
    public Dictionary<string, string> For(ServerRecord record, string token)
    {
        var variables = Common(new Client(token, record.ClientId)
        {
            RedirectUri = ServerOAuthClient.RedirectUriOf(record.Prefix),
            AccessScopes = [ServerOAuthClient.AccessScopeOf(record.Key), $"access:servers!user={record.Key.UserName}"],
            AllowedScopes = options.OauthClientAllowedScopes,
            UserName = record.Key.UserName,
            PublicPath = record.Prefix,
            ApiOrigin = options.HubConnectUrl is { Length: > 0 } configured ? new Uri(configured) : addresses.ConnectUrl,
        });
        variables["JUPYTERHUB_SERVER_NAME"] = record.Key.ServerName;
        variables["JUPYTERHUB_ACTIVITY_URL"] = $"{variables["JUPYTERHUB_API_URL"]}/users/{PathNames.Escape(record.Key.UserName)}/activity";
        variables["JUPYTERHUB_SERVICE_PREFIX"] = record.Prefix;
        return variables;
    }

    /// <summary>What servers and services are both told.</summary>
    /// <exception cref="InvalidOperationException">The hub's listener is not bound yet.</exception>
    public Dictionary<string, string> Common(Client client)
    {
        var accessScopes = ToJson(client.AccessScopes);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["JUPYTERHUB_API_TOKEN"] = client.Token,
            ["JPY_API_TOKEN"] = client.Token,
            ["JUPYTERHUB_CLIENT_ID"] = client.Id,
            ["JUPYTERHUB_COOKIE_HOST_PREFIX_ENABLED"] = hub.CookieHostPrefixEnabled ? "1" : "0",
            ["JUPYTERHUB_HOST"] = Origin(addresses.PublicUrl),
            ["JUPYTERHUB_OAUTH_CALLBACK_URL"] = client.RedirectUri,
            ["JUPYTERHUB_OAUTH_ACCESS_SCOPES"] = accessScopes,
            ["JUPYTERHUB_OAUTH_SCOPES"] = accessScopes,
            ["JUPYTERHUB_OAUTH_CLIENT_ALLOWED_SCOPES"] = ToJson(client.AllowedScopes),
            ["JUPYTERHUB_USER"] = client.UserName,
            ["JUPYTERHUB_SERVER_NAME"] = "",
            ["JUPYTERHUB_API_URL"] = $"{Origin(client.ApiOrigin)}{addresses.HubPath}api",
            ["JUPYTERHUB_BASE_URL"] = addresses.BasePath,
            ["JUPYTERHUB_PUBLIC_URL"] = client.PublicPath is { } path ? Public(path) : "",
            ["JUPYTERHUB_PUBLIC_HUB_URL"] = Public(addresses.HubPath),
        };
        if (CookieOptions() is { Count: > 0 } cookies)
        {
            variables["JUPYTERHUB_COOKIE_OPTIONS"] = cookies.ToJsonString();
        }

        return variables;
    }

    /// <summary>What holds for the cookies of servers too. Their paths keep servers apart, and a domain would show each server's token to all of them.</summary>
    private JsonObject CookieOptions()
    {
        var options = new JsonObject();
        if (hub.CookieOptions.SameSite is { } sameSite)
        {
            options["samesite"] = sameSite.ToString();
        }

        if (hub.CookieOptions.Secure is { } isSecure)
        {
            options["secure"] = isSecure;
        }

        return options;
    }

    private static string ToJson(IEnumerable<string> values) => JsonSerializer.Serialize(values, ServersJson.Default.IEnumerableString);

    private static string Origin(Uri? url) => url is null ? "" : url.GetLeftPart(UriPartial.Authority);

    private string Public(string path) => addresses.PublicUrl is null ? "" : Origin(addresses.PublicUrl) + path;

    /// <summary>A server or service as the OAuth client that it is.</summary>
    internal sealed record Client(string Token, string Id)
    {
        public required string RedirectUri { get; init; }

        public required IEnumerable<string> AccessScopes { get; init; }

        public required IEnumerable<string> AllowedScopes { get; init; }

        /// <summary>The owner of a server, the system user of a service; empty for the hub's own.</summary>
        public required string UserName { get; init; }

        /// <summary>Path that browsers find it at; null if they do not.</summary>
        public required string? PublicPath { get; init; }

        /// <summary>Where it finds the hub.</summary>
        public required Uri ApiOrigin { get; init; }

        /// <summary>Never prints the token.</summary>
        public override string ToString() => Id;
    }
}
