using System.Net;
using System.Net.Security;
using JupyterHub.Proxy.Forwarding;

namespace JupyterHub.Proxy.Standalone.ErrorPages;

/// <summary>Makes the client that fetches error pages, over connections like those to any server.</summary>
internal static class ErrorServerClient
{
    public static HttpMessageInvoker Create(UpstreamTarget target, UpstreamConnector connector) => new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectCallback = (_, cancellationToken) => connector.ConnectAsync(target, SslApplicationProtocol.Http11, cancellationToken),
        MaxResponseHeadersLength = 64,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        UseCookies = false,
        UseProxy = false,
    });
}
