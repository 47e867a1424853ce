using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace JupyterHub.AspNetCore.Requests;

/// <summary>
/// Reads cookies with all values of a name: servers below the hub's path and pages of neighbours may set one of the same name, and the
/// platform's own collection keeps just one of them.
/// </summary>
internal static class RequestCookies
{
    /// <summary>More cookies of one name than any browser sends by itself are an attack, not a visitor.</summary>
    private const int MaxValues = 20;

    public static IReadOnlyList<string> All(HttpRequest request, string name)
    {
        List<string>? values = null;
        foreach (var header in request.Headers[HeaderNames.Cookie])
        {
            foreach (var range in header.AsSpan().Split(';'))
            {
                var pair = header.AsSpan(range).Trim();
                var equals = pair.IndexOf('=');
                if (equals > 0 && pair[..equals].Trim().SequenceEqual(name) && (values?.Count ?? 0) < MaxValues)
                {
                    (values ??= []).Add(pair[(equals + 1)..].Trim().Trim('"').ToString());
                }
            }
        }

        return values ?? [];
    }
}
