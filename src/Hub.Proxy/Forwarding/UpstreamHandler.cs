using System.Net;
using System.Net.Security;
using System.Text;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>
/// The connections of one route's server, kept for its next requests until the route goes. It changes nothing on the
/// way: no redirects, cookies, proxies or decompression.
/// </summary>
internal sealed class UpstreamHandler : HttpMessageHandler
{
    private readonly RouteEntry route;
    private readonly UpstreamConnector connector;
    private readonly ForwardingOptions options;
    private readonly HttpMessageInvoker kept;
    private volatile bool isOver;
    private HttpMessageInvoker? unkept;

    public UpstreamHandler(RouteEntry route, UpstreamConnector connector, ForwardingOptions options)
    {
        this.route = route;
        this.connector = connector;
        this.options = options;
        kept = Create(Timeout.InfiniteTimeSpan);
        Invoker = new HttpMessageInvoker(this, disposeHandler: false);
    }

    /// <summary>What requests go through, also after the route has gone.</summary>
    public HttpMessageInvoker Invoker { get; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return (isOver ? Unkept() : kept).SendAsync(request, cancellationToken);
        }
        catch (ObjectDisposedException) when (isOver)
        {
            // Thrown at once, not by the task: the route went between the question and the call, and nothing was sent.
            return Unkept().SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Closes what is idle; what is under way goes on, over connections that are closed when it has ended.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            isOver = true;
            kept.Dispose();
        }

        base.Dispose(disposing);
    }

    // Requests that found the route before it went. Their connections are kept for nobody.
    private HttpMessageInvoker Unkept() => Volatile.Read(ref unkept) ?? Interlocked.CompareExchange(ref unkept, Create(TimeSpan.Zero), null) ?? unkept;

    private HttpMessageInvoker Create(TimeSpan keepFor) => new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectCallback = ConnectAsync,
        // The connector sees to it.
        ConnectTimeout = Timeout.InfiniteTimeSpan,
        MaxResponseHeadersLength = options.MaxResponseHeadersKilobytes,
        EnableMultipleHttp2Connections = true,
        // Nobody waits for the rest of an answer whose client has left.
        MaxResponseDrainSize = 0,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        PooledConnectionLifetime = keepFor,
        // Kestrel reads header values as UTF-8; the server gets the bytes that the client sent. Servers write Latin-1.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        UseCookies = false,
        UseProxy = false,
    });

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        await connector.ConnectAsync(
            route.Target,
            context.InitialRequestMessage.Version.Major >= 2 ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11,
            cancellationToken);
}
