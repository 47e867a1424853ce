using System.Net;
using System.Net.Sockets;
using System.Text;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>The one client that all requests to servers go through. It changes nothing on the way: no redirects, cookies, proxies or decompression.</summary>
internal sealed class UpstreamClient : IDisposable
{
    public UpstreamClient(InProcessProxyOptions options)
    {
        InProcessProxyOptionsCheck.Check(options);
        Invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = options.ConnectTimeout,
            MaxResponseHeadersLength = options.MaxResponseHeadersKilobytes,
            // Nobody waits for the rest of an answer whose client has left.
            MaxResponseDrainSize = 0,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
            // Kestrel reads header values as UTF-8; the server gets the bytes that the client sent. Servers write Latin-1.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            UseCookies = false,
            UseProxy = false,
        });
    }

    /// <summary>Where a request goes: its URI names the route (<see cref="RouteEntry.Destination"/>), not the server.</summary>
    public static HttpRequestOptionsKey<RouteEntry> Route { get; } = new("JupyterHub.Proxy.Route");

    public HttpMessageInvoker Invoker { get; }

    public void Dispose() => Invoker.Dispose();

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (!context.InitialRequestMessage.Options.TryGetValue(Route, out var route))
        {
            throw new InvalidOperationException("The request has no route.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(route.Target.IdnHost, route.Target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
