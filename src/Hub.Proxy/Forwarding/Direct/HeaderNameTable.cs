using System.Text;
using Microsoft.Net.Http.Headers;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>Names of answers' headers as strings that exist already.</summary>
internal static class HeaderNameTable
{
    private const int LongestKnown = 40;

    private static readonly string[]?[] ByLength = Make(
        HeaderNames.AcceptRanges, HeaderNames.AccessControlAllowCredentials, HeaderNames.AccessControlAllowHeaders, HeaderNames.AccessControlAllowMethods,
        HeaderNames.AccessControlAllowOrigin, HeaderNames.AccessControlExposeHeaders, HeaderNames.Age, HeaderNames.Allow, HeaderNames.CacheControl,
        HeaderNames.Connection, HeaderNames.ContentDisposition, HeaderNames.ContentEncoding, HeaderNames.ContentLanguage, HeaderNames.ContentLength,
        HeaderNames.ContentLocation, HeaderNames.ContentRange, HeaderNames.ContentSecurityPolicy, HeaderNames.ContentType, HeaderNames.Date, HeaderNames.ETag,
        HeaderNames.Expires, HeaderNames.KeepAlive, HeaderNames.LastModified, HeaderNames.Link, HeaderNames.Location, HeaderNames.Pragma, "Referrer-Policy",
        HeaderNames.Server, HeaderNames.SetCookie, HeaderNames.StrictTransportSecurity, HeaderNames.Trailer, HeaderNames.TransferEncoding, HeaderNames.Vary,
        HeaderNames.XContentTypeOptions, HeaderNames.XFrameOptions, "X-JupyterHub-Version");

    /// <summary>The name as a string; in the server's own spelling when it is not a usual one.</summary>
    public static string Get(ReadOnlySpan<byte> name)
    {
        if (name.Length < LongestKnown && ByLength[name.Length] is { } candidates)
        {
            foreach (var candidate in candidates)
            {
                if ((candidate[0] | 0x20) == (name[0] | 0x20) && Ascii.EqualsIgnoreCase(name, candidate))
                {
                    return candidate;
                }
            }
        }

        return Encoding.ASCII.GetString(name);
    }

    private static string[]?[] Make(params string[] names)
    {
        var table = new string[]?[LongestKnown];
        foreach (var group in names.GroupBy(name => name.Length))
        {
            table[group.Key] = [.. group];
        }

        return table;
    }
}
