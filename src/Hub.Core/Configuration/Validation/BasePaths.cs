using System.Globalization;
using System.Text;
using JupyterHub.Core.Addressing;

namespace JupyterHub.Core.Configuration.Validation;

/// <summary>Works out the deployment's path: escaped, with a slash at both ends.</summary>
internal static class BasePaths
{
    private const string BaseUrl = $"{KnownSettings.Root}:{nameof(JupyterHubOptions.BaseUrl)}";
    private const string BindUrl = $"{KnownSettings.Root}:{nameof(JupyterHubOptions.BindUrl)}";
    private const string PublicUrl = $"{KnownSettings.Root}:{nameof(JupyterHubOptions.PublicUrl)}";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The path from <c>BaseUrl</c>, else of <c>BindUrl</c> (already checked), else <c>/</c>.</summary>
    public static string Read(JupyterHubOptions hub, SettingChecks checks)
    {
        var bound = hub.BindUrl is { } bind ? Normalize(new Uri(bind).AbsolutePath, BindUrl, checks) : "/";
        if (hub.BaseUrl is not { Length: > 0 } text)
        {
            return bound;
        }

        var path = Normalize(text, BaseUrl, checks);
        checks.Require(bound == "/" || bound == path, BaseUrl, $"is {path}, but {BindUrl} has the path {bound}; give the path in one of them");
        return path;
    }

    /// <summary>The public URL with the deployment's path, which may be left out when it is given.</summary>
    public static Uri ReadPublicUrl(JupyterHubOptions hub, SettingChecks checks)
    {
        var url = HubUrls.Read(PublicUrl, hub.PublicUrl!, checks);
        var path = url.AbsolutePath == "/" ? hub.BaseUrl! : Normalize(url.AbsolutePath, PublicUrl, checks);
        checks.Require(path == hub.BaseUrl, PublicUrl, $"must have the deployment's path {hub.BaseUrl}, or none");
        return new Uri(url, path);
    }

    private static string Normalize(string text, string setting, SettingChecks checks)
    {
        var inner = text.Trim('/');
        if (inner.Length == 0)
        {
            return "/";
        }

        var path = new StringBuilder("/");
        foreach (var segment in inner.Split('/'))
        {
            var name = Unescape(segment);
            checks.Require(
                name is { Length: > 0 } and not "." and not ".." && !name.Any(character => char.IsControl(character) || "/\\?#".Contains(character, StringComparison.Ordinal)),
                setting,
                "must be a path such as /lab/, of names between single slashes");
            path.Append(PathNames.Escape(name!)).Append('/');
        }

        return path.ToString();
    }

    // Null if a percent sign does not begin an escape, or if the result is no Unicode text.
    private static string? Unescape(string segment)
    {
        try
        {
            var bytes = new List<byte>();
            for (var index = 0; index < segment.Length;)
            {
                var escape = segment.AsSpan(index);
                if (escape[0] != '%')
                {
                    var length = char.IsSurrogatePair(segment, index) ? 2 : 1;
                    bytes.AddRange(Strict.GetBytes(segment.Substring(index, length)));
                    index += length;
                }
                else if (escape.Length >= 3 && byte.TryParse(escape[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                {
                    bytes.Add(value);
                    index += 3;
                }
                else
                {
                    return null;
                }
            }

            return Strict.GetString([.. bytes]);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
