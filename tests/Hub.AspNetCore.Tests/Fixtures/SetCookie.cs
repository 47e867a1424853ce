using System.Globalization;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>A Set-Cookie header, read plainly.</summary>
internal sealed record SetCookie(string Name, string Value, string Path, bool IsHttpOnly, bool IsSecure, int? MaxAge, DateTimeOffset? Expires, string? SameSite, string? Domain)
{
    public bool IsCleared => Value.Length == 0 && Expires < DateTimeOffset.UtcNow;

    public static IReadOnlyList<SetCookie> Of(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var values) ? [.. values.Select(Parse)] : [];

    public static SetCookie Parse(string header)
    {
        var parts = header.Split(';', StringSplitOptions.TrimEntries);
        var pair = parts[0].Split('=', 2);
        string? Attribute(string name) => parts.Skip(1)
            .Where(part => part.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))
            .Select(part => part[(name.Length + 1)..]).FirstOrDefault();
        bool Flag(string name) => parts.Skip(1).Any(part => part.Equals(name, StringComparison.OrdinalIgnoreCase));
        return new SetCookie(
            pair[0],
            pair[1],
            Attribute("path") ?? "",
            Flag("httponly"),
            Flag("secure"),
            Attribute("max-age") is { } age ? int.Parse(age, CultureInfo.InvariantCulture) : null,
            Attribute("expires") is { } time ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) : null,
            Attribute("samesite"),
            Attribute("domain"));
    }
}
