using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>
/// Carries header values outside ASCII from a server's answer to the client's. Kestrel writes them when the host sets
/// a ResponseHeaderEncodingSelector (Latin-1 passes the bytes on) and throws otherwise; then the value is made ASCII
/// rather than the answer lost.
/// </summary>
internal static class NonAsciiHeaders
{
    /// <summary>Takes such headers out of an answer; null when it has none, which is the rule.</summary>
    public static List<KeyValuePair<string, string[]>>? TakeFrom(HttpResponseMessage response)
    {
        List<KeyValuePair<string, string[]>>? taken = null;
        Take(response.Headers, ref taken);
        Take(response.Content.Headers, ref taken);
        return taken;
    }

    public static void Write(List<KeyValuePair<string, string[]>> taken, IHeaderDictionary headers)
    {
        foreach (var (name, values) in taken)
        {
            try
            {
                headers[name] = StringValues.Concat(headers[name], values);
            }
            catch (InvalidOperationException)
            {
                var isAddress = name.Equals("Location", StringComparison.OrdinalIgnoreCase) || name.Equals("Content-Location", StringComparison.OrdinalIgnoreCase);
                headers[name] = StringValues.Concat(headers[name], Array.ConvertAll(values, value => ToAscii(value, isAddress)));
            }
        }
    }

    private static void Take(HttpHeaders headers, ref List<KeyValuePair<string, string[]>>? taken)
    {
        foreach (var header in headers.NonValidated)
        {
            foreach (var value in header.Value)
            {
                if (!Ascii.IsValid(value))
                {
                    (taken ??= []).Add(new(header.Key, [.. header.Value]));
                    break;
                }
            }
        }

        foreach (var (name, _) in taken ?? [])
        {
            headers.Remove(name);
        }
    }

    // The characters are the bytes that came (Latin-1), so escaping them gives the escape of whatever encoding it was.
    private static string ToAscii(string value, bool escape) => string.Concat(value.Select(
        character => character < 0x80 ? character.ToString() : escape ? $"%{(int)character:X2}" : "?"));
}
