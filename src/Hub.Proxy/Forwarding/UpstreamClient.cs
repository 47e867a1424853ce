using System.Net;
using System.Text;

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

    public HttpMessageInvoker Invoker { get; }

    public void Dispose() => Invoker.Dispose();
}
