namespace JupyterHub.Core.Configuration.Validation;

/// <summary>Checks URLs of the configuration.</summary>
internal static class HubUrls
{
    private static readonly string[] AnyHost = ["*", "+", ""];

    /// <summary>Reads an absolute http or https URL without user, query and fragment.</summary>
    public static Uri Read(string path, string text, SettingChecks checks)
    {
        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url.Host.Length > 0;
        checks.Require(isUrl, path, "must be an absolute URL such as http://127.0.0.1:8000");
        checks.Require(url!.UserInfo.Length == 0, path, "must not name a user or password");
        checks.Require(url.Query.Length == 0 && url.Fragment.Length == 0 && !text.EndsWith('?') && !text.EndsWith('#'), path, "must not have a query or fragment");
        return url;
    }

    /// <summary>Reads an origin: scheme, host and port alone, without a slash at the end.</summary>
    public static string ReadOrigin(string path, string text, SettingChecks checks)
    {
        var url = Read(path, text, checks);
        checks.Require(url.AbsolutePath == "/", path, "must be scheme, host and port alone, without a path");
        return url.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>Reads an address to listen at; no host, <c>*</c> and <c>+</c> mean every address.</summary>
    public static Uri ReadListener(string path, string text, SettingChecks checks)
    {
        var hostStart = text.IndexOf("://", StringComparison.Ordinal) + 3;
        if (hostStart >= 3 && AnyHost.FirstOrDefault(host => IsHost(text, hostStart, host)) is { } any)
        {
            text = text[..hostStart] + "0.0.0.0" + text[(hostStart + any.Length)..];
        }

        return Read(path, text, checks);
    }

    private static bool IsHost(string text, int start, string host) =>
        string.CompareOrdinal(text, start, host, 0, host.Length) == 0 && text.Length > start + host.Length && text[start + host.Length] == ':';
}
