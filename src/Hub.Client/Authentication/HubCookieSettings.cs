using System.Text;
using System.Text.Json;
using JupyterHub.Client.Http;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Client.Authentication;

/// <summary>Names and attributes of this app's cookies.</summary>
internal sealed class HubCookieSettings
{
    private const string HostPrefix = "__Host-";
    private bool alwaysSecure;
    private SameSiteMode sameSite = SameSiteMode.Lax;
    private string? domain;
    private string path = "/";

    private HubCookieSettings(string tokenName) => TokenName = tokenName;

    /// <summary>Name of the cookie that holds the visitor's token.</summary>
    public string TokenName { get; }

    /// <summary>How the names of cookies of sign-ins under way begin.</summary>
    public string StateName => TokenName + "-oauth-state-";

    /// <summary>Name of the cookie that scripts of this app read the XSRF token from.</summary>
    public string XsrfName => TokenName + "-xsrf";

    public static HubCookieSettings Read(string clientId, string prefix, string publicOrigin, HubEnvironment environment)
    {
        var isHost = environment.Find(null, "JUPYTERHUB_COOKIE_HOST_PREFIX_ENABLED") is "1" or "true" or "True";
        var cookies = new HubCookieSettings((isHost ? HostPrefix : "") + Escape(clientId))
        {
            alwaysSecure = isHost || publicOrigin.StartsWith("https:", StringComparison.OrdinalIgnoreCase),
            path = isHost ? "/" : prefix,
        };
        if (environment.Find(null, "JUPYTERHUB_COOKIE_OPTIONS") is { } json)
        {
            cookies.Apply(json);
        }

        // Browsers refuse such a cookie with a domain.
        cookies.domain = isHost ? null : cookies.domain;
        return cookies;
    }

    public CookieOptions Options(HttpContext context, TimeSpan? lifetime = null) => new()
    {
        Path = path,
        Domain = domain,
        HttpOnly = true,
        SameSite = sameSite,
        Secure = alwaysSecure || context.Request.IsHttps || FirstForwarded(context.Request).Equals("https", StringComparison.OrdinalIgnoreCase),
        IsEssential = true,
        MaxAge = lifetime,
    };

    /// <summary>Takes over what the hub's operator says about cookies: <c>SameSite</c>, <c>Secure</c> and <c>Domain</c>.</summary>
    private void Apply(string json)
    {
        try
        {
            foreach (var (name, value) in JsonSerializer.Deserialize(json, HubJson.Default.DictionaryStringJsonElement) ?? [])
            {
                switch (name.ToLowerInvariant())
                {
                    case "samesite":
                        sameSite = Enum.Parse<SameSiteMode>(value.GetString()!, ignoreCase: true);
                        break;
                    case "secure":
                        alwaysSecure |= value.GetBoolean();
                        break;
                    case "domain":
                        domain = value.GetString();
                        break;
                }
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new JupyterHubConfigurationException("JUPYTERHUB_COOKIE_OPTIONS must be a JSON object of cookie attributes.");
        }
    }

    /// <summary>What a cookie's name must not hold, such as a slash, is percent-encoded.</summary>
    private static string Escape(string clientId)
    {
        var name = new StringBuilder(clientId.Length);
        foreach (var character in clientId)
        {
            name.Append(char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal)
                ? character.ToString()
                : Uri.HexEscape(character < 128 ? character : '?'));
        }

        return name.ToString();
    }

    /// <summary>The scheme that the browser used: each proxy on the way appends its own.</summary>
    private static string FirstForwarded(HttpRequest request) => request.Headers["X-Forwarded-Proto"].ToString().Split(',', 2)[0].Trim();
}
