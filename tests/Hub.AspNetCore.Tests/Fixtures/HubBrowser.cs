using System.Net;
using System.Text.RegularExpressions;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>Keeps cookies by name and path as browsers do, and follows no redirect by itself.</summary>
internal sealed partial class HubBrowser(HubHost host)
{
    private readonly Dictionary<(string Name, string Path), string> cookies = [];

    public HubHost Host => host;

    public IEnumerable<string> CookieNames => cookies.Keys.Select(key => key.Name);

    /// <summary>Headers that the browser adds to every request.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string? Cookie(string name) => cookies.FirstOrDefault(cookie => cookie.Key.Name == name).Value;

    public void SetCookie(string name, string value, string path) => cookies[(name, path)] = value;

    public void Drop(string name)
    {
        foreach (var key in cookies.Keys.Where(key => key.Name == name).ToList())
        {
            cookies.Remove(key);
        }
    }

    /// <summary>Another browser with the same cookies.</summary>
    public HubBrowser Copy()
    {
        var copy = new HubBrowser(host);
        foreach (var (key, value) in cookies)
        {
            copy.cookies[key] = value;
        }

        return copy;
    }

    public string CookieHeader(string target) => string.Join(
        "; ", cookies.Where(cookie => target.StartsWith(cookie.Key.Path, StringComparison.Ordinal)).Select(cookie => $"{cookie.Key.Name}={cookie.Value}"));

    public Task<HttpResponseMessage> GetAsync(string target, params (string Name, string Value)[] headers) => SendAsync("GET", target, null, headers);

    public Task<HttpResponseMessage> PostFormAsync(string target, params (string Name, string Value)[] fields) => SendAsync(
        "POST", target, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>Posts a form with the session's token, as the hub's pages do.</summary>
    public Task<HttpResponseMessage> SubmitAsync(string target, params (string Name, string Value)[] fields) =>
        PostFormAsync(target, [("_xsrf", Cookie("_xsrf") ?? ""), .. fields]);

    public async Task<HttpResponseMessage> SendAsync(string method, string target, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = host.NewRequest(method, target);
        request.Content = body;
        foreach (var (name, value) in headers.Concat(Headers.Select(header => (header.Key, header.Value))))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var cookie = CookieHeader(target);
        if (cookie.Length > 0 && !request.Headers.Contains("Cookie"))
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        }

        var answer = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Keep(answer);
        return answer;
    }

    /// <summary>Fetches the form, so that there is a token, and submits it.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string userName, string password = HubHost.Password, string query = "", string basePath = "/")
    {
        using var form = await GetAsync($"{basePath}hub/login{query}");
        var page = await form.Content.ReadAsStringAsync();
        return await PostFormAsync($"{basePath}hub/login{query}", ("_xsrf", HiddenField(page, "_xsrf")), ("username", userName), ("password", password));
    }

    /// <summary>Follows redirects until an answer is none.</summary>
    public async Task<HttpResponseMessage> FollowAsync(HttpResponseMessage answer)
    {
        for (var hops = 0; answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther or HttpStatusCode.MovedPermanently; hops++)
        {
            Assert.True(hops < 20, $"The redirects do not end; the last one is {answer.Headers.Location}");
            var location = answer.Headers.Location!.OriginalString;
            answer.Dispose();
            answer = await GetAsync(location);
        }

        return answer;
    }

    public static string HiddenField(string page, string name)
    {
        var match = HiddenFields().Matches(page).FirstOrDefault(field => field.Groups["name"].Value == name);
        Assert.True(match is not null, $"The page has no field {name}: {page}");
        return WebUtility.HtmlDecode(match.Groups["value"].Value);
    }

    public static IReadOnlyList<(string Name, string Value)> HiddenFieldsOf(string page) =>
        [.. HiddenFields().Matches(page).Select(field => (field.Groups["name"].Value, WebUtility.HtmlDecode(field.Groups["value"].Value)))];

    private void Keep(HttpResponseMessage answer)
    {
        if (!answer.Headers.TryGetValues("Set-Cookie", out var values))
        {
            return;
        }

        foreach (var cookie in values.Select(Fixtures.SetCookie.Parse))
        {
            if (cookie.IsCleared)
            {
                cookies.Remove((cookie.Name, cookie.Path));
            }
            else
            {
                cookies[(cookie.Name, cookie.Path)] = cookie.Value;
            }
        }
    }

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)""")]
    private static partial Regex HiddenFields();
}
