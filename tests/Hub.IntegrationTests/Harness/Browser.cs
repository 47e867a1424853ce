using JupyterHub.Testing;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace JupyterHub.IntegrationTests.Harness;

/// <summary>
/// A visitor over HTTP: keeps cookies by path, follows redirects one by one, and sends what browsers send along with
/// a navigation, a form, or a call by a page's script.
/// </summary>
internal sealed class Browser : IDisposable
{
    private const int MostHops = 20;
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        SslOptions = { RemoteCertificateValidationCallback = OwnCertificate.IsShown },
    })
    {
        Timeout = Eventually.Deadline,
    };

    public Browser(Uri origin, CookieJar? cookies = null)
    {
        Origin = origin;
        Cookies = cookies ?? new CookieJar();
    }

    public Uri Origin { get; }

    public CookieJar Cookies { get; }

    /// <summary>Every address of the last navigation, with what it answered.</summary>
    public List<string> Hops { get; } = [];

    /// <summary>Opens a page as typed into the address bar, and follows where it leads.</summary>
    public Task<Page> OpenAsync(string path) => FollowAsync(HttpMethod.Get, path, null);

    /// <summary>One request of a navigation, redirects left alone.</summary>
    public Task<Page> OpenOnceAsync(string path) => SendAsync(Navigation(HttpMethod.Get, path, null));

    /// <summary>Submits a form and follows where it leads.</summary>
    public Task<Page> SubmitAsync(string path, params (string Name, string Value)[] fields) => FollowAsync(HttpMethod.Post, path, fields);

    public Task<Page> SubmitOnceAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(Navigation(HttpMethod.Post, path, fields));

    /// <summary>A call by the script of a page: with its cookies, its XSRF token, its referer.</summary>
    public Task<Page> CallAsync(HttpMethod method, string path, JsonNode? body = null, CancellationToken cancellation = default) =>
        SendAsync(Call(method, path, body), cancellation);

    /// <summary>A call by a program that has a token and no cookies.</summary>
    public Task<Page> CallWithTokenAsync(HttpMethod method, string path, string token, JsonNode? body = null)
    {
        var request = new HttpRequestMessage(method, new Uri(Origin, path)) { Content = Content(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("token", token);
        return SendAsync(request);
    }

    /// <summary>The body as it comes, for streams; the caller disposes of it.</summary>
    public async Task<HttpResponseMessage> StreamAsync(string path, CancellationToken cancellation)
    {
        using var request = Call(HttpMethod.Get, path, null);
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.TryAddWithoutValidation("Cookie", Cookies.HeaderFor(request.RequestUri!.AbsolutePath));
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    public async Task<Page> SendAsync(HttpRequestMessage request, CancellationToken cancellation = default)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (request.Headers.Authorization is null && Cookies.HeaderFor(path) is { Length: > 0 } header)
        {
            request.Headers.TryAddWithoutValidation("Cookie", header);
        }

        var response = await http.SendAsync(request, cancellation);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set)
            {
                Cookies.Store(cookie, path);
            }
        }

        var body = await response.Content.ReadAsStringAsync(cancellation);
        var location = response.Headers.Location is { } target ? new Uri(request.RequestUri, target) : null;
        return new Page(request.RequestUri, response.StatusCode, body, location, response);
    }

    public void Dispose() => http.Dispose();

    private async Task<Page> FollowAsync(HttpMethod method, string path, (string Name, string Value)[]? fields)
    {
        Hops.Clear();
        var page = await SendAsync(Navigation(method, path, fields));
        while (true)
        {
            Hops.Add($"{(int)page.Status} {page.Address.PathAndQuery}");
            if (page.Location is not { } next)
            {
                return page;
            }

            Assert.True(Hops.Count <= MostHops, $"Redirected in circles:\n{string.Join('\n', Hops)}");
            Assert.True(next.Authority == Origin.Authority, $"Sent away to {next}.");
            page = await SendAsync(Navigation(HttpMethod.Get, next.PathAndQuery, null));
        }
    }

    private HttpRequestMessage Navigation(HttpMethod method, string path, (string Name, string Value)[]? fields)
    {
        var request = new HttpRequestMessage(method, new Uri(Origin, path));
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Mode", "navigate");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        if (fields is not null)
        {
            request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
            request.Headers.TryAddWithoutValidation("Origin", Origin.GetLeftPart(UriPartial.Authority));
        }

        return request;
    }

    private HttpRequestMessage Call(HttpMethod method, string path, JsonNode? body)
    {
        var request = new HttpRequestMessage(method, new Uri(Origin, path)) { Content = Content(body) };
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Mode", "cors");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        request.Headers.Referrer = new Uri(Origin, path.StartsWith("/hub/", StringComparison.Ordinal) ? "/hub/home" : path);
        if (method != HttpMethod.Get)
        {
            request.Headers.TryAddWithoutValidation("Origin", Origin.GetLeftPart(UriPartial.Authority));
        }

        if (Cookies.Find(request.RequestUri!.AbsolutePath, "_xsrf") is { } xsrf)
        {
            request.Headers.TryAddWithoutValidation("X-XSRFToken", xsrf.Value);
        }

        return request;
    }

    private static StringContent? Content(JsonNode? body) =>
        body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
}
