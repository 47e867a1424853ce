using System.Buffers;
using System.Net;

namespace JupyterHub.Core.Configuration.Validation;

/// <summary>Checks what is said about cookies: browsers drop one with contradictions without a word, and then nobody can sign in.</summary>
internal static class CookieOptionsValidator
{
    private const string Root = $"{KnownSettings.Root}:{nameof(JupyterHubOptions.CookieOptions)}";
    private const double LongestDays = 400;
    private static readonly SearchValues<char> PathCharacters =
        SearchValues.Create("/!#$%&'()*+-.:=@_~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Called with addresses that are already checked and written in one form.</summary>
    public static void Validate(JupyterHubOptions hub, SettingChecks checks)
    {
        var cookies = hub.CookieOptions;
        cookies.Domain = cookies.Domain is { Length: > 0 } domain ? domain.TrimStart('.') : null;
        cookies.Path = cookies.Path is { Length: > 0 } path ? path : null;
        checks.Between(Of(nameof(cookies.ExpiresDays)), cookies.ExpiresDays, 0, LongestDays);
        checks.Require(
            cookies.Path is null || IsAbove(cookies.Path, hub.BaseUrl!), Of(nameof(cookies.Path)), $"must be / or another path above {hub.BaseUrl}, with a slash at both ends");
        ValidateDomain(hub, checks);
        ValidateSecurity(hub, checks);
    }

    private static void ValidateDomain(JupyterHubOptions hub, SettingChecks checks)
    {
        if (hub.CookieOptions.Domain is not { } domain)
        {
            return;
        }

        checks.Require(
            domain.Contains('.', StringComparison.Ordinal) && !IPAddress.TryParse(domain, out _) && Uri.CheckHostName(domain) == UriHostNameType.Dns,
            Of(nameof(HubCookieOptions.Domain)),
            "must be a domain such as example.org");
        checks.Require(
            HostOf(hub) is not { } host || host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase),
            Of(nameof(HubCookieOptions.Domain)),
            "must be the host of PublicUrl or a domain above it: browsers refuse others");
    }

    private static void ValidateSecurity(JupyterHubOptions hub, SettingChecks checks)
    {
        var cookies = hub.CookieOptions;
        var isHttps = cookies.Secure ?? hub.PublicUrl?.StartsWith("https:", StringComparison.Ordinal) == true;
        checks.Require(
            cookies.SameSite != HubSameSite.None || isHttps, Of(nameof(cookies.SameSite)), "can be None over HTTPS only: set CookieOptions:Secure, or a PublicUrl with https");
        checks.Require(
            cookies.Secure != true || !IsPlain(hub), Of(nameof(cookies.Secure)), "cannot be true where PublicUrl says http: browsers would keep no cookie");
        if (hub.CookieHostPrefixEnabled)
        {
            const string Setting = $"{KnownSettings.Root}:{nameof(JupyterHubOptions.CookieHostPrefixEnabled)}";
            checks.Require(cookies.Domain is null, Setting, "cannot be combined with CookieOptions:Domain: such cookies belong to one host");
            checks.Require(cookies.Path is null or "/", Setting, "cannot be combined with CookieOptions:Path: such cookies have the path /");
            checks.Require(cookies.Secure != false && !IsPlain(hub), Setting, "needs HTTPS: browsers keep such cookies only if they are Secure");
        }
    }

    // Browsers take http on their own machine for safe enough.
    private static bool IsPlain(JupyterHubOptions hub) =>
        hub.PublicUrl is { } url && url.StartsWith("http:", StringComparison.Ordinal) && !new Uri(url).IsLoopback;

    private static string? HostOf(JupyterHubOptions hub) => hub.PublicUrl is { } url ? new Uri(url).Host : null;

    private static bool IsAbove(string path, string basePath) =>
        path.StartsWith('/') && path.EndsWith('/') && basePath.StartsWith(path, StringComparison.Ordinal) && !path.AsSpan().ContainsAnyExcept(PathCharacters);

    private static string Of(string name) => $"{Root}:{name}";
}
