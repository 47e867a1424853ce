using System.Globalization;

namespace JupyterHub.IntegrationTests.Harness;

/// <summary>One cookie; its value is kept exactly as it came.</summary>
internal sealed record Cookie(string Name, string Value, string Path, DateTimeOffset? Expires, bool HttpOnly, bool Secure, string? SameSite)
{
    public bool IsGone => Expires <= DateTimeOffset.UtcNow;

    /// <summary>True for the path itself and what lies below it.</summary>
    public bool Matches(string path) =>
        path == Path
        || (path.StartsWith(Path, StringComparison.Ordinal) && (Path.EndsWith('/') || path[Path.Length] == '/'));

    public static Cookie Parse(string header, string requestPath)
    {
        var parts = header.Split(';', StringSplitOptions.TrimEntries);
        var (name, value) = Split(parts[0]);
        var attributes = parts.Skip(1).Select(Split).ToLookup(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        var path = attributes["Path"].LastOrDefault() is { } given && given.StartsWith('/') ? given : DefaultPath(requestPath);
        return new Cookie(
            name,
            value,
            path,
            ExpiryOf(attributes),
            attributes.Contains("HttpOnly"),
            attributes.Contains("Secure"),
            attributes["SameSite"].LastOrDefault());
    }

    private static DateTimeOffset? ExpiryOf(ILookup<string, string> attributes)
    {
        if (attributes["Max-Age"].LastOrDefault() is { } age)
        {
            return DateTimeOffset.UtcNow.AddSeconds(long.Parse(age, CultureInfo.InvariantCulture));
        }

        return attributes["Expires"].LastOrDefault() is { } time
            ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            : null;
    }

    private static string DefaultPath(string requestPath)
    {
        var slash = requestPath.LastIndexOf('/');
        return slash <= 0 ? "/" : requestPath[..slash];
    }

    private static (string Name, string Value) Split(string text)
    {
        var equal = text.IndexOf('=', StringComparison.Ordinal);
        return equal < 0 ? (text, "") : (text[..equal].Trim(), text[(equal + 1)..].Trim());
    }
}
