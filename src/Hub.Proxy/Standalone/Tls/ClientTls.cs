using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Proxy.Standalone.Tls;

/// <summary>Reads what the proxy shows to servers, and by what it knows theirs.</summary>
internal static class ClientTls
{
    /// <exception cref="HubStartupException">A file cannot be used; the message names the option.</exception>
    public static SslClientAuthenticationOptions Read(ClientTlsSettings settings)
    {
        var options = new SslClientAuthenticationOptions();
        if (settings is { CertificateFile: { } certificate, KeyFile: { } key })
        {
            options.ClientCertificateContext = Try("--client-ssl-cert", () => SslStreamCertificateContext.Create(
                X509Certificate2.CreateFromPemFile(certificate, key), ReadAll(certificate), offline: true));
        }

        if (settings.AuthorityFile is { } authority)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(Try("--client-ssl-ca", () => ReadAll(authority)));
            options.CertificateChainPolicy = policy;
        }

        if (settings.IsInsecure)
        {
#pragma warning disable CA5359 // That is what --insecure says.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return options;
    }

    private static X509Certificate2Collection ReadAll(string file)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(file);
        return certificates.Count > 0 ? certificates : throw new CryptographicException("The file holds no certificate.");
    }

    private static T Try<T>(string option, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new HubStartupException($"{option}: the file cannot be used: {problem.Message}");
        }
    }
}
