using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>Fields that come too late behind a body (RFC 9110, 6.5.1).</summary>
internal static class TrailerFields
{
    private static readonly FrozenSet<string> TooLate = new[]
    {
        HeaderNames.ContentLength, HeaderNames.ContentType, HeaderNames.ContentEncoding, HeaderNames.ContentRange, HeaderNames.Host,
        HeaderNames.Trailer, HeaderNames.SetCookie, HeaderNames.Location, HeaderNames.CacheControl,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool MayPass(string name) => !TooLate.Contains(name) && !HopByHopHeaders.Includes(name);
}
