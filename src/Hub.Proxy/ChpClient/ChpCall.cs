using System.Net.Http.Headers;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>One call of the proxy's API, which may be sent several times.</summary>
/// <param name="Method">What to do.</param>
/// <param name="Path">What stands behind <c>/api/routes</c>.</param>
internal sealed record ChpCall(HttpMethod Method, string Path)
{
    public byte[]? Body { get; init; }

    /// <summary>True if 404 is an answer as good as any.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>
    /// True for what adds or removes a route. Once it is on its way its answer is waited for, also when the caller gives up: cut off, it could
    /// reach a slow proxy behind the call that takes it back.
    /// </summary>
    public bool IsChange => Method != HttpMethod.Get;

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>True if it does not wait until others have ended: whoever asks whether the proxy answers at all.</summary>
    public bool IsAhead { get; init; }

    public HttpRequestMessage ToRequest(ChpEndpoint endpoint)
    {
        var request = new HttpRequestMessage(Method, endpoint.UrlOf(Path));
        if (endpoint.SocketPath is { } path)
        {
            request.Options.Set(ChpConnection.SocketPath, path);
            request.Headers.Host = "localhost";
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("token", endpoint.Token);
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        return request;
    }
}
