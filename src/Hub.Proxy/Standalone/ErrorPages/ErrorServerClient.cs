using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using JupyterHub.Proxy.Forwarding;

namespace JupyterHub.Proxy.Standalone.ErrorPages;

/// <summary>Makes the client that fetches error pages.</summary>
internal static class ErrorServerClient
{
    public static HttpMessageInvoker Create(ErrorTarget target, UpstreamCredentials credentials)
    {
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 64,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            SslOptions = credentials.OptionsFor(target.Address.IdnHost, SslApplicationProtocol.Http11),
            UseCookies = false,
            UseProxy = false,
        };
        if (target.SocketPath is { } path)
        {
            handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(path, cancellationToken);
        }

        return new HttpMessageInvoker(handler);
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
