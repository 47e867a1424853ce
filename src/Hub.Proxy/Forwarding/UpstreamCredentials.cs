using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Who the proxy is to https targets, and whom it believes.</summary>
/// <param name="Certificate">Certificate with private key, and those between it and its authority; null to show none.</param>
/// <param name="Authorities">The only authorities that count; null for the system's.</param>
/// <param name="IsInsecure">True to believe any certificate.</param>
internal sealed record UpstreamCredentials(SslStreamCertificateContext? Certificate, X509Certificate2Collection? Authorities, bool IsInsecure)
{
    public static readonly UpstreamCredentials None = new(null, null, false);

    /// <summary>What a handshake with a server needs; its certificate has to name this host.</summary>
    public SslClientAuthenticationOptions OptionsFor(string host, SslApplicationProtocol protocol) => new()
    {
        TargetHost = host,
        ApplicationProtocols = [protocol],
        ClientCertificateContext = Certificate,
        CertificateChainPolicy = Authorities is null ? null : TrustOnly(Authorities),
#pragma warning disable CA5359 // That is what the setting is for, and it is off unless somebody asks for it.
        RemoteCertificateValidationCallback = IsInsecure ? static (_, _, _, _) => true : null,
#pragma warning restore CA5359
    };

    private static X509ChainPolicy TrustOnly(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
