namespace JupyterHub.Core.Data;

/// <summary>Times as the database keeps them: UTC, whole microseconds.</summary>
internal static class HubTime
{
    /// <summary>Now, as it will read back from the database.</summary>
    public static DateTime GetHubTime(this TimeProvider time) => Normalize(time.GetUtcNow().UtcDateTime);

    /// <summary>The same moment in UTC without the part below a microsecond; a time without a zone is UTC.</summary>
    public static DateTime Normalize(DateTime value)
    {
        var utc = value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
        return new DateTime(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
    }
}
