using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace JupyterHub.AspNetCore.Pages.Files;

/// <summary>Which encodings a browser can unpack (RFC 9110, section 12.5.3).</summary>
internal static class AcceptedEncoding
{
    private const int Longest = 1024;
    private static readonly string[] Served = ["br", "gzip"];

    /// <summary>The encodings of ours that may be sent, the one preferred first; empty for none but the content itself.</summary>
    public static IEnumerable<string> Of(StringValues header)
    {
        var text = header.ToString();
        if (text.Length is 0 or > Longest || !StringWithQualityHeaderValue.TryParseList([text], out var listed))
        {
            return [];
        }

        // Of what is equal to the browser, the first is the shorter one.
        return Served
            .Select(encoding => (Encoding: encoding, Quality: QualityOf(encoding, listed)))
            .Where(choice => choice.Quality > 0)
            .OrderByDescending(choice => choice.Quality)
            .Select(choice => choice.Encoding);
    }

    private static double QualityOf(string encoding, IList<StringWithQualityHeaderValue> listed)
    {
        var found = listed.FirstOrDefault(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)) ?? listed.FirstOrDefault(value => value.Value == "*");
        return found is null ? 0 : found.Quality ?? 1;
    }
}
