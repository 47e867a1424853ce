namespace JupyterHub.Proxy.Standalone.Tls;

/// <summary>How the proxy speaks TLS with servers: PEM files.</summary>
internal sealed record ClientTlsSettings
{
    public string? CertificateFile { get; init; }

    public string? KeyFile { get; init; }

    /// <summary>The roots of servers' certificates; null for those of the system.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>Takes any certificate for good.</summary>
    public bool IsInsecure { get; init; }
}
