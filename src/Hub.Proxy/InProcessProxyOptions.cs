namespace JupyterHub.Proxy;

/// <summary>Settings of the proxy that runs inside the hub's process.</summary>
public sealed class InProcessProxyOptions
{
    /// <summary>How long connecting to a server may take before the request is answered with 503; 10 seconds by default.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a request or WebSocket may stay without a byte in either direction before it is given up. A day by
    /// default, because a cell may compute for hours before it says a word; <see cref="Timeout.InfiniteTimeSpan"/> for never.
    /// </summary>
    public TimeSpan ActivityTimeout { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Most kilobytes of headers that a server's answer may have; 64 by default.</summary>
    public int MaxResponseHeadersKilobytes { get; set; } = 64;
}
