using JupyterHub.Proxy.ChpApi;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace JupyterHub.Proxy.Standalone;

/// <summary>What each of the proxy's doors lets through, and how Kestrel is tuned behind it.</summary>
internal static class ListenerLimits
{
    private const int Kilobyte = 1024;

    /// <summary>Browsers: many cookies, bodies of any size at any speed, but a head has to come within half a minute.</summary>
    public static void Public(IWebHostBuilder host, TimeSpan? keepAlive)
    {
        // Nothing that a request runs here ever blocks, so it may run where its bytes arrived.
        host.UseSockets(transport => transport.UnsafePreferInlineScheduling = true);
        host.ConfigureKestrel(kestrel => Public(kestrel, keepAlive));
    }

    /// <summary>The API: small bodies from one client that is not a browser.</summary>
    public static void Api(IWebHostBuilder host) => host.ConfigureKestrel(kestrel =>
    {
        kestrel.Limits.MaxRequestBodySize = RequestBody.Longest;
        kestrel.Limits.MaxRequestLineSize = 32 * Kilobyte;
    });

    /// <summary>Doors where nobody has a reason to send a body.</summary>
    public static void Plain(IWebHostBuilder host) => host.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 0);

    private static void Public(KestrelServerOptions kestrel, TimeSpan? keepAlive)
    {
        var limits = kestrel.Limits;
        limits.MaxRequestHeadersTotalSize = 64 * Kilobyte;
        limits.MaxRequestHeaderCount = 200;
        limits.MaxRequestLineSize = 32 * Kilobyte;
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(30);
        limits.Http2.MaxRequestHeaderFieldSize = 32 * Kilobyte;
        limits.KeepAliveTimeout = keepAlive ?? limits.KeepAliveTimeout;
        kestrel.AllowAlternateSchemes = true;

        // Header values are bytes on both sides of a proxy: what a server writes reaches the browser as it is.
        kestrel.ResponseHeaderEncodingSelector = static _ => System.Text.Encoding.Latin1;
    }
}
