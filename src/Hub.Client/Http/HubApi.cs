using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace JupyterHub.Client.Http;

/// <summary>One hub and one credential: sends a request, gives its JSON back or throws.</summary>
internal sealed class HubApi
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };
    private readonly Func<HttpClient> http;
    private readonly string url;
    private readonly string? token;

    private HubApi(Func<HttpClient> http, string url, string? token, TimeSpan silence, TimeProvider time)
    {
        (this.http, this.url, this.token) = (http, url, token);
        (Silence, Time) = (silence, time);
    }

    /// <summary>How long a stream may say nothing.</summary>
    public TimeSpan Silence { get; }

    public TimeProvider Time { get; }

    public static HubApi Create(Func<HttpClient> http, JupyterHubClientOptions options, HubEnvironment environment, TimeProvider time)
    {
        var url = HubEnvironment.Url("JUPYTERHUB_API_URL", environment.Require(options.ApiUrl, nameof(options.ApiUrl), "JUPYTERHUB_API_URL"));
        var token = HubEnvironment.Token("JUPYTERHUB_API_TOKEN", environment.Require(options.ApiToken, nameof(options.ApiToken), "JUPYTERHUB_API_TOKEN", "JPY_API_TOKEN"));
        return new(http, url, token, options.Timeout, time);
    }

    public static HubApi Create(Func<HttpClient> http, string url, string token, TimeProvider time) =>
        new(http, url, token, Timeout.InfiniteTimeSpan, time);

    public HubApi WithToken(string other) => new(http, url, other, Silence, Time);

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class => SendAsync(HttpMethod.Get, path, null, type, cancellation);

    /// <summary>The answer's JSON.</summary>
    public async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        using var answer = await SendAsync(method, path, body, cancellation);
        return await ReadAsync(answer, type, cancellation);
    }

    /// <summary>For calls whose answer is their status.</summary>
    public async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, CancellationToken cancellation)
    {
        using var answer = await SendAsync(method, path, null, cancellation);
        return answer.StatusCode;
    }

    /// <summary>An answer that says yes, read to its end unless it is a stream; the caller disposes of it.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellation, string? accept = null, bool streams = false)
    {
        using var request = new HttpRequestMessage(method, new Uri(url + path, AsWritten)) { Content = body };
        request.Headers.Accept.ParseAdd(accept ?? "application/json");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("token", token);
        }

        var completion = streams ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead;
        HttpResponseMessage answer;
        try
        {
            answer = await http().SendAsync(request, completion, cancellation);
        }
        catch (HttpRequestException problem) when (problem.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new JupyterHubException("The hub's answer is larger than this client reads.", problem);
        }
        catch (Exception problem) when (problem is HttpRequestException || (problem is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new JupyterHubException("The hub cannot be reached.", problem);
        }

        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw await ApiErrors.ReadAsync(method, path, answer, cancellation);
        }
    }

    public static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        try
        {
            var content = await answer.Content.ReadAsStreamAsync(cancellation);
            return await JsonSerializer.DeserializeAsync(content, type, cancellation) ?? throw JupyterHubException.Unreadable();
        }
        catch (JsonException problem)
        {
            throw JupyterHubException.Unreadable(problem);
        }
    }

    /// <summary>A body of JSON, with its length.</summary>
    public static ByteArrayContent Json<T>(T value, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
