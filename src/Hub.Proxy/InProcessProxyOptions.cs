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

    /// <summary>
    /// How long a request may go on after its route was removed or leads elsewhere, or after the host began to stop; 10
    /// seconds by default, zero to cut it at once, <see cref="Timeout.InfiniteTimeSpan"/> to let it finish.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a WebSocket may go on after its route was removed or leads elsewhere; a minute by default, in which a
    /// server that is being stopped ends it in order. When the host stops they are cut at once: their pages connect
    /// again. <see cref="Timeout.InfiniteTimeSpan"/> leaves them to their server.
    /// </summary>
    public TimeSpan WebSocketDrainTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Most requests and WebSockets that may be under way on one route at once; further ones are answered with 503. Null, the default, for any number.</summary>
    public int? MaxRequestsPerRoute { get; set; }

    /// <summary>Most WebSockets that may be open at once on all routes together; further ones are answered with 503. Null, the default, for any number.</summary>
    public int? MaxWebSockets { get; set; }

    /// <summary>PEM file with the certificate that the proxy shows to servers at https addresses, and those between it and its authority; none by default.</summary>
    public string? ClientCertificateFile { get; set; }

    /// <summary>PEM file with the private key of <see cref="ClientCertificateFile"/>; null when that file has it too.</summary>
    public string? ClientCertificateKeyFile { get; set; }

    /// <summary>
    /// PEM files with the authorities that certificates of servers at https addresses have to come from, instead of
    /// those that the system trusts; empty by default.
    /// </summary>
    public IList<string> TrustedAuthorityFiles { get; } = [];

    /// <summary>Believes any certificate of servers at https addresses, whoever made it and whomever it names; off by default. Traffic to them can then be read on the way.</summary>
    public bool AcceptsAnyServerCertificate { get; set; }
}
