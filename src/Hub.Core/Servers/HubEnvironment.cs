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
        var apiUrl = ConnectOrigin() + addresses.HubPath + "api";
        var accessScopes = ToJson([ServerOAuthClient.AccessScopeOf(record.Key), $"access:servers!user={record.Key.UserName}"]);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["JUPYTERHUB_API_TOKEN"] = token,
            ["JPY_API_TOKEN"] = token,
            ["JUPYTERHUB_CLIENT_ID"] = record.ClientId,
            ["JUPYTERHUB_COOKIE_HOST_PREFIX_ENABLED"] = hub.CookieHostPrefixEnabled ? "1" : "0",
            ["JUPYTERHUB_HOST"] = Origin(addresses.PublicUrl),
            ["JUPYTERHUB_OAUTH_CALLBACK_URL"] = ServerOAuthClient.RedirectUriOf(record.Prefix),
            ["JUPYTERHUB_OAUTH_ACCESS_SCOPES"] = accessScopes,
            ["JUPYTERHUB_OAUTH_SCOPES"] = accessScopes,
            ["JUPYTERHUB_OAUTH_CLIENT_ALLOWED_SCOPES"] = ToJson(options.OauthClientAllowedScopes),
            ["JUPYTERHUB_USER"] = record.Key.UserName,
            ["JUPYTERHUB_SERVER_NAME"] = record.Key.ServerName,
            ["JUPYTERHUB_API_URL"] = apiUrl,
            ["JUPYTERHUB_ACTIVITY_URL"] = $"{apiUrl}/users/{PathNames.Escape(record.Key.UserName)}/activity",
            ["JUPYTERHUB_BASE_URL"] = addresses.BasePath,
            ["JUPYTERHUB_SERVICE_PREFIX"] = record.Prefix,
            ["JUPYTERHUB_PUBLIC_URL"] = Public(record.Prefix),
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

    private string ConnectOrigin() =>
        options.HubConnectUrl is { Length: > 0 } configured ? configured.TrimEnd('/') : Origin(addresses.ConnectUrl);

    private string Public(string path) => addresses.PublicUrl is null ? "" : Origin(addresses.PublicUrl) + path;
}
