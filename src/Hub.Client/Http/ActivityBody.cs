using System.Globalization;

namespace JupyterHub.Client.Http;

/// <summary>A report of activity.</summary>
internal sealed record ActivityBody(string? LastActivity, IReadOnlyDictionary<string, ServerActivity>? Servers)
{
    public static ActivityBody Of(DateTimeOffset? lastActivity, IReadOnlyDictionary<string, DateTimeOffset>? servers) => new(
        lastActivity is { } time ? Stamp(time) : null,
        servers?.ToDictionary(pair => pair.Key, pair => new ServerActivity(Stamp(pair.Value)), StringComparer.Ordinal));

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
