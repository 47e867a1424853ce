using System.Net;
using System.Text;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>The one client that all requests to servers go through. It changes nothing on the way: no redirects, cookies, proxies or decompression.</summary>
internal sealed class UpstreamClient : IDisposable
{
    private readonly UpstreamConnector connector;

    public UpstreamClient(UpstreamConnector connector, ForwardingOptions options)
    {
        this.connector = connector;
        Invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = ConnectAsync,
            // The connector sees to it.
            ConnectTimeout = Timeout.InfiniteTimeSpan,
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

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        context.InitialRequestMessage.Options.TryGetValue(Route, out var route)
            ? await connector.ConnectAsync(route, cancellationToken)
            : throw new InvalidOperationException("The request has no route.");
}
