using System.Buffers.Text;
using System.Globalization;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>Dates as JavaScript prints and reads them.</summary>
internal static class JavaScriptDate
{
    /// <summary>Length of what <see cref="Format"/> writes.</summary>
    public const int Length = 24;

    private static readonly string[] DateForms = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];

    private static readonly string[] LocalForms =
    [
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm",
    ];

    private static readonly string[] ZonedForms = [.. LocalForms.Select(form => form + "K"), "ddd, dd MMM yyyy HH:mm:ss 'GMT'"];

    /// <summary>Writes <c>2026-01-31T12:00:00.000Z</c>: UTC, milliseconds.</summary>
    public static void Format(DateTimeOffset time, Span<byte> target)
    {
        // "O" gives seven digits and no zone for a plain UTC time: cut to three.
        Span<byte> full = stackalloc byte[33];
        Utf8Formatter.TryFormat(DateTime.SpecifyKind(time.UtcDateTime, DateTimeKind.Unspecified), full, out _, new('O'));
        full[..(Length - 1)].CopyTo(target);
        target[Length - 1] = (byte)'Z';
    }

    /// <summary>Reads ISO 8601 (a bare date is UTC, a time without zone local) and HTTP dates.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, utc, out time)
            || DateTimeOffset.TryParseExact(text, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out time)
            || DateTimeOffset.TryParseExact(text, ZonedForms, CultureInfo.InvariantCulture, utc, out time);
    }
}
