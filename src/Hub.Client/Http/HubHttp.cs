using Microsoft.Extensions.Options;

namespace JupyterHub.Client.Http;

/// <summary>HTTP as every call to the hub uses it: no cookies, and no redirect that a token could follow.</summary>
internal sealed class HubHttp(IHttpClientFactory factory, IOptions<JupyterHubClientOptions> options)
{
    public const string Name = "JupyterHub.Client";

    public HttpClient Create()
    {
        var http = factory.CreateClient(Name);
        http.Timeout = options.Value.Timeout;
        http.MaxResponseContentBufferSize = options.Value.MaxResponseBytes;
        return http;
    }

    public static HttpMessageHandler CreateHandler() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
