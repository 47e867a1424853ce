using System.Globalization;
using System.Text.Json;
using JupyterHub.Client.Http;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Client.Authentication;

/// <summary>What the options and the environment say together, checked once.</summary>
internal sealed class ServiceSettings
{
    public required string ApiUrl { get; init; }

    public required string ApiToken { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Percent-encoded, with a slash at both ends.</summary>
    public required string Prefix { get; init; }

    /// <summary>The prefix as ASP.NET keeps paths, without a slash at its end; empty for the root.</summary>
    public required PathString PathBase { get; init; }

    public required string CallbackUrl { get; init; }

    /// <summary>The callback's path below <see cref="PathBase"/>.</summary>
    public required PathString CallbackPath { get; init; }

    /// <summary>The hub's pages as browsers see them, with a slash at the end.</summary>
    public required string HubPages { get; init; }

    /// <summary>Origins that browsers may know this app by, beside the one that a request names.</summary>
    public required IReadOnlyList<string> PublicOrigins { get; init; }

    public required IReadOnlyList<string> AccessScopes { get; init; }

    public required HubCookieSettings Cookies { get; init; }

    public string? ActivityUrl { get; init; }

    public required TimeSpan ActivityInterval { get; init; }

    public required string ServerName { get; init; }

    public static ServiceSettings Create(JupyterHubAuthenticationOptions options, HubEnvironment environment)
    {
        CheckNumbers(options);
        var prefix = HubEnvironment.Path("JUPYTERHUB_SERVICE_PREFIX", environment.Find(options.ServicePrefix, "JUPYTERHUB_SERVICE_PREFIX") ?? "/");
        var callback = environment.Find(options.CallbackUrl, "JUPYTERHUB_OAUTH_CALLBACK_URL") ?? prefix + "oauth_callback";
        var host = Origin("JUPYTERHUB_HOST", environment.Find(options.HubHost, "JUPYTERHUB_HOST"));
        var publicUrl = Origin("JUPYTERHUB_PUBLIC_URL", environment.Find(options.PublicUrl, "JUPYTERHUB_PUBLIC_URL"));
        var baseUrl = HubEnvironment.Path("JUPYTERHUB_BASE_URL", environment.Find(options.BaseUrl, "JUPYTERHUB_BASE_URL") ?? "/");
        var clientId = environment.Require(options.ClientId, nameof(options.ClientId), "JUPYTERHUB_CLIENT_ID");
        return new()
        {
            ApiUrl = HubEnvironment.Url("JUPYTERHUB_API_URL", environment.Require(options.ApiUrl, nameof(options.ApiUrl), "JUPYTERHUB_API_URL")),
            ApiToken = HubEnvironment.Token("JUPYTERHUB_API_TOKEN", environment.Require(options.ApiToken, nameof(options.ApiToken), "JUPYTERHUB_API_TOKEN", "JPY_API_TOKEN")),
            ClientId = clientId,
            Prefix = prefix,
            PathBase = PathString.FromUriComponent(prefix.TrimEnd('/')),
            CallbackUrl = callback,
            CallbackPath = CallbackBelow(prefix, callback),
            HubPages = $"{host}{baseUrl}hub/",
            PublicOrigins = [.. new[] { publicUrl, publicUrl is null ? host : null }.OfType<string>()],
            AccessScopes = ReadAccessScopes(options, environment),
            Cookies = HubCookieSettings.Read(clientId, prefix, publicUrl ?? host ?? "", environment),
            ActivityUrl = environment.Find(options.ActivityUrl, "JUPYTERHUB_ACTIVITY_URL") is { } url ? HubEnvironment.Url("JUPYTERHUB_ACTIVITY_URL", url) : null,
            ActivityInterval = options.ActivityInterval ?? ReadInterval(environment),
            ServerName = environment.Find(options.ServerName, "JUPYTERHUB_SERVER_NAME") ?? "",
        };
    }

    /// <summary>The credential of this app itself.</summary>
    public HubApi Api(HubHttp http, TimeProvider time) => HubApi.Create(http.Create, ApiUrl, ApiToken, time);

    private static void CheckNumbers(JupyterHubAuthenticationOptions options)
    {
        Check(options.CacheLifetime >= TimeSpan.Zero && options.CacheLifetime <= TimeSpan.FromDays(1), $"{nameof(options.CacheLifetime)} must be from 0 to 1 day.");
        Check(options.CacheCapacity is > 0 and <= 1_000_000, $"{nameof(options.CacheCapacity)} must be from 1 to 1,000,000.");
        Check(options.SignInTimeout > TimeSpan.Zero && options.SignInTimeout <= TimeSpan.FromDays(1), $"{nameof(options.SignInTimeout)} must be more than 0 and at most 1 day.");
        Check(options.ActivityInterval is null || (options.ActivityInterval >= TimeSpan.Zero && options.ActivityInterval <= TimeSpan.FromDays(1)), $"{nameof(options.ActivityInterval)} must be from 0 to 1 day.");
    }

    private static void Check(bool holds, string message)
    {
        if (!holds)
        {
            throw new JupyterHubConfigurationException(message);
        }
    }

    private static string? Origin(string name, string? value) =>
        value is null ? null : new Uri(HubEnvironment.Url(name, value)).GetLeftPart(UriPartial.Authority);

    private static PathString CallbackBelow(string prefix, string callback)
    {
        var path = callback.StartsWith('/') ? callback : new Uri(HubEnvironment.Url("JUPYTERHUB_OAUTH_CALLBACK_URL", callback)).AbsolutePath;
        Check(
            path.StartsWith(prefix, StringComparison.Ordinal) && path.Length > prefix.Length,
            "JUPYTERHUB_OAUTH_CALLBACK_URL must lie below JUPYTERHUB_SERVICE_PREFIX.");
        return PathString.FromUriComponent(path[(prefix.Length - 1)..]);
    }

    private static List<string> ReadAccessScopes(JupyterHubAuthenticationOptions options, HubEnvironment environment)
    {
        if (options.AccessScopes is { } given)
        {
            return [.. given];
        }

        if (environment.Find(null, "JUPYTERHUB_OAUTH_ACCESS_SCOPES", "JUPYTERHUB_OAUTH_SCOPES") is { } json)
        {
            return ParseScopes(json);
        }

        return environment.Find(null, "JUPYTERHUB_SERVICE_NAME") is { } service
            ? ["access:services", $"access:services!service={service}"]
            : throw new JupyterHubConfigurationException(
                $"JUPYTERHUB_OAUTH_ACCESS_SCOPES is not set. Set it, JUPYTERHUB_SERVICE_NAME, or the option {nameof(options.AccessScopes)}.");
    }

    private static List<string> ParseScopes(string json)
    {
        try
        {
            if (JsonSerializer.Deserialize(json, HubJson.Default.ListString) is { Count: > 0 } scopes && scopes.All(scope => !string.IsNullOrEmpty(scope)))
            {
                return scopes;
            }
        }
        catch (JsonException)
        {
            // Said below, together with the empty list.
        }

        throw new JupyterHubConfigurationException("JUPYTERHUB_OAUTH_ACCESS_SCOPES must be a JSON list of at least one scope.");
    }

    private static TimeSpan ReadInterval(HubEnvironment environment) =>
        double.TryParse(environment.Find(null, "JUPYTERHUB_ACTIVITY_INTERVAL") ?? "300", NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 86400
            ? TimeSpan.FromSeconds(seconds)
            : throw new JupyterHubConfigurationException("JUPYTERHUB_ACTIVITY_INTERVAL must be a number of seconds from 0 to 86400.");
}
