using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Reads certificates and keys from PEM files.</summary>
internal static class PemFiles
{
    /// <summary>A certificate with its private key and whatever else the certificate's file holds of its chain.</summary>
    /// <param name="certificateFile">The certificate first, then those between it and its authority.</param>
    /// <param name="keyFile">The private key; null when it is in the certificate's file.</param>
    /// <param name="passphrase">What the key is encrypted with; null when it is not.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="CryptographicException">A file is not what it should be.</exception>
    public static SslStreamCertificateContext ReadWithKey(string certificateFile, string? keyFile, string? passphrase = null)
    {
        var certificate = passphrase is null
            ? X509Certificate2.CreateFromPemFile(certificateFile, keyFile)
            : X509Certificate2.CreateFromEncryptedPemFile(certificateFile, passphrase, keyFile);
        if (OperatingSystem.IsWindows())
        {
            // Schannel takes no key that lives in memory only.
            using var ephemeral = certificate;
            certificate = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pkcs12), null);
        }

        return SslStreamCertificateContext.Create(certificate, ReadCertificates([certificateFile]), offline: true);
    }

    /// <summary>All certificates in some files, each of which has at least one.</summary>
    /// <inheritdoc cref="ReadWithKey" path="/exception"/>
    public static X509Certificate2Collection ReadCertificates(IEnumerable<string> files)
    {
        var all = new X509Certificate2Collection();
        foreach (var file in files)
        {
            var before = all.Count;
            all.ImportFromPemFile(file);
            if (all.Count == before)
            {
                throw new CryptographicException("The file has no certificate in PEM form.");
            }
        }

        return all;
    }
}
