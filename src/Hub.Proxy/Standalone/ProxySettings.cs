using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Standalone.Listening;
using JupyterHub.Proxy.Standalone.Tls;

namespace JupyterHub.Proxy.Standalone;

/// <summary>Everything that the command line says about the stand-alone proxy.</summary>
internal sealed record ProxySettings
{
    public required ListenAddress Public { get; init; }

    public required ListenAddress Api { get; init; }

    /// <summary>Where Prometheus finds metrics; null for nowhere.</summary>
    public ListenAddress? Metrics { get; init; }

    /// <summary>Where plain HTTP is sent to HTTPS; null for nowhere.</summary>
    public ListenAddress? Redirect { get; init; }

    /// <summary>The port that plain HTTP is sent to.</summary>
    public int RedirectTo { get; init; }

    public required string AuthToken { get; init; }

    public TlsSettings? PublicTls { get; init; }

    public TlsSettings? ApiTls { get; init; }

    /// <summary>Certificates for https targets and for an https error target.</summary>
    public ClientTlsSettings ClientTls { get; init; } = new();

    /// <summary>Target of the route <c>/</c> at start.</summary>
    public string? DefaultTarget { get; init; }

    /// <summary>Server that writes error pages.</summary>
    public UpstreamTarget? ErrorTarget { get; init; }

    /// <summary>Folder with error pages.</summary>
    public string? ErrorPath { get; init; }

    public bool HostRouting { get; init; }

    public ForwardingOptions Forwarding { get; init; } = new();

    /// <summary>The proxies in front whose forwarding headers are believed.</summary>
    public IReadOnlyList<string> TrustedDownstreamIps { get; init; } = DefaultTrustedDownstreamIps;

    public TimeSpan? KeepAliveTimeout { get; init; }

    public int MostRoutes { get; init; } = 1_000_000;

    /// <summary>File that routes are remembered in; null for nowhere.</summary>
    public string? JournalFile { get; init; }

    /// <summary>True when the file was not asked for: without it the proxy still runs.</summary>
    public bool IsJournalOptional { get; init; }

    /// <summary>Loopback and private networks: a proxy in front usually has such an address, a stranger on the internet never.</summary>
    public static IReadOnlyList<string> DefaultTrustedDownstreamIps { get; } =
        ["127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10"];
}
