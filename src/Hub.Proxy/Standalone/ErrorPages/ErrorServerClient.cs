using System.Net;

namespace JupyterHub.Proxy.Standalone.ErrorPages;

/// <summary>Makes the client that fetches error pages.</summary>
internal static class ErrorServerClient
{
    public static HttpMessageInvoker Create() => new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 64,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        UseCookies = false,
        UseProxy = false,
    });
}
