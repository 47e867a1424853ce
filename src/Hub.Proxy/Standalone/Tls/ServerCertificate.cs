using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JupyterHub.Proxy.Standalone.Tls;

/// <summary>Reads what a listener shows to its clients, and by what it knows theirs, from PEM files.</summary>
internal static class ServerCertificate
{
    /// <summary>The files as they are now, whole; null when they cannot be read.</summary>
    public static string? Fingerprint(TlsSettings settings)
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var file in new[] { settings.CertificateFile, settings.KeyFile, settings.ClientAuthorityFile }.OfType<string>())
            {
                var content = File.ReadAllBytes(file);
                hash.AppendData(BitConverter.GetBytes(content.Length));
                hash.AppendData(content);
            }

            return Convert.ToHexString(hash.GetHashAndReset());
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Everything that a handshake needs.</summary>
    /// <exception cref="CryptographicException">A file does not hold what it should, or the key is not the certificate's.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static SslServerAuthenticationOptions Read(TlsSettings settings)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(ReadLeaf(settings), Intermediates(settings), offline: true),
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            EnabledSslProtocols = settings.Protocols,
            ClientCertificateRequired = settings.RequestsClientCertificate,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (settings.CipherSuites is { } suites && !OperatingSystem.IsWindows() && !OperatingSystem.IsAndroid())
        {
            options.CipherSuitesPolicy = new CipherSuitesPolicy(suites);
        }

        if (settings.RequestsClientCertificate)
        {
            var check = new ClientCertificateCheck(settings.ClientAuthorityFile is { } file ? ReadAll(file) : null);
            options.RemoteCertificateValidationCallback = check.IsValid;
        }

        return options;
    }

    private static X509Certificate2 ReadLeaf(TlsSettings settings)
    {
        var certificate = File.ReadAllText(settings.CertificateFile);
        var key = File.ReadAllText(settings.KeyFile);
        try
        {
            return settings.KeyPassphrase is { } passphrase && key.Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal)
                ? X509Certificate2.CreateFromEncryptedPem(certificate, key, passphrase)
                : X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (ArgumentException problem)
        {
            throw new CryptographicException("The key does not belong to the certificate.", problem);
        }
    }

    // In the file behind the certificate itself, as servers want it.
    private static X509Certificate2Collection Intermediates(TlsSettings settings)
    {
        var chain = ReadAll(settings.CertificateFile);
        chain.RemoveAt(0);
        return chain;
    }

    private static X509Certificate2Collection ReadAll(string file)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(file);
        return certificates.Count > 0 ? certificates : throw new CryptographicException("The file holds no certificate.");
    }
}
