using System.Text.Encodings.Web;
using System.Text.Json;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Authentication;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.AspNetCore.Pages.Notices;

/// <summary>
/// Carries what a form's outcome was to the page that is shown next, in a signed cookie that lasts for one page: nobody can make the hub
/// say something by a link, or by a cookie from a neighbouring host.
/// </summary>
internal sealed class PageNotices(CookieSecret secret, TimeProvider time)
{
    private const string CookieName = "jupyterhub-notice";
    private const int LongestText = 500;
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Sends the browser on, by GET (RFC 9110, section 15.4.4), to a page that tells the outcome.</summary>
    public Task RedirectAsync(HubRequest request, string location, string text, bool isError = false)
    {
        var content = JsonSerializer.Serialize<string[]>([request.Known.Name, isError ? "error" : "", Bound(text)], Writing);
        HubCookies.SetNotice(request, CookieName, SignedValue.Create(secret.Key, CookieName, content, time.GetUtcNow().ToUnixTimeSeconds()), Lifetime);
        return request.RedirectAsync(location, StatusCodes.Status303SeeOther);
    }

    /// <summary>The notice for this page, which is told once; null if there is none.</summary>
    public PageNotice? Take(HubRequest request)
    {
        if (request.Requester is not { } known || RequestCookies.All(request.Http.Request, CookieName) is not [_, ..] cookies)
        {
            return null;
        }

        HubCookies.ClearNotice(request, CookieName);
        return cookies.Select(cookie => Decode(cookie, known.Name)).FirstOrDefault(notice => notice is not null);
    }

    /// <summary>A cookie has little room. Names may end in characters of two halves, of which one alone is none.</summary>
    private static string Bound(string text) =>
        text.Length <= LongestText ? text : text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)] + "…";

    private PageNotice? Decode(string cookie, string reader) =>
        SignedValue.TryDecode(secret.Key, CookieName, cookie, Lifetime, time.GetUtcNow(), out var content, out _)
        && JsonSerializer.Deserialize<string[]>(content) is [var name, var kind, var text] && name == reader
            ? new PageNotice(text, kind == "error")
            : null;
}
