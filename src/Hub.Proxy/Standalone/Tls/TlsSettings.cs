using System.Net.Security;
using System.Security.Authentication;

namespace JupyterHub.Proxy.Standalone.Tls;

/// <summary>How a listener speaks TLS.</summary>
internal sealed record TlsSettings
{
    /// <summary>PEM file with the certificate and those between it and the root.</summary>
    public required string CertificateFile { get; init; }

    /// <summary>PEM file with the private key.</summary>
    public required string KeyFile { get; init; }

    /// <summary>Decrypts the key; null for a key in the clear.</summary>
    public string? KeyPassphrase { get; init; }

    /// <summary>PEM file with the roots of clients' certificates; null for those of the system.</summary>
    public string? ClientAuthorityFile { get; init; }

    /// <summary>Asks clients for a certificate.</summary>
    public bool RequestsClientCertificate { get; init; }

    /// <summary>None for what the system holds to be safe.</summary>
    public SslProtocols Protocols { get; init; }

    /// <summary>Null for what the system holds to be safe.</summary>
    public IReadOnlyList<TlsCipherSuite>? CipherSuites { get; init; }
}
