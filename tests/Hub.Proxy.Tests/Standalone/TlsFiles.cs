using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Standalone;

/// <summary>A root, an authority below it, and what that gives out, as PEM files.</summary>
internal sealed class TlsFiles : IDisposable
{
    public const string Passphrase = "open sesame";

    private readonly TestFolder folder = new();
    private readonly X509Certificate2 root;
    private readonly X509Certificate2 intermediate;

    public TlsFiles()
    {
        root = MakeAuthority("Root", null);
        intermediate = MakeAuthority("Between", root);
        Root = Write("root.pem", root.ExportCertificatePem());
    }

    /// <summary>File with the root.</summary>
    public string Root { get; }

    /// <summary>Writes a certificate with the authority that signed it, and its key; over the files of that name if they are there.</summary>
    public (string Certificate, string Key) WriteServer(string name, bool isKeyEncrypted = false, string file = "server")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Issue(name, key, "1.3.6.1.5.5.7.3.1");
        var pem = isKeyEncrypted
            ? key.ExportEncryptedPkcs8PrivateKeyPem(Passphrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000))
            : key.ExportPkcs8PrivateKeyPem();
        return (Write($"{file}.pem", $"{issued.ExportCertificatePem()}\n{intermediate.ExportCertificatePem()}\n"), Write($"{file}.key", pem));
    }

    /// <summary>A certificate with its key for a client.</summary>
    public X509Certificate2 MakeClient(string name, string purpose = "1.3.6.1.5.5.7.3.2")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Issue(name, key, purpose);
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>A client that believes the root only; it keeps no connection, so that each request shakes hands.</summary>
    public HttpClient Client(Uri address, X509Certificate2? own = null)
    {
        var options = new SslClientAuthenticationOptions { CertificateChainPolicy = TrustRoot() };
        if (own is not null)
        {
            // The authority in between comes along, as it would from a client's own file.
            options.ClientCertificateContext = SslStreamCertificateContext.Create(own, [intermediate], offline: true);
        }

        return new HttpClient(new SocketsHttpHandler { SslOptions = options, PooledConnectionLifetime = TimeSpan.Zero, UseProxy = false })
        {
            BaseAddress = address,
            DefaultRequestVersion = HttpVersion.Version20,
        };
    }

    /// <summary>Believes the root only.</summary>
    public X509ChainPolicy TrustRoot()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.Add(root);
        return policy;
    }

    public string Write(string name, string text)
    {
        var path = folder.Combine(name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        root.Dispose();
        intermediate.Dispose();
        folder.Dispose();
    }

    private static X509Certificate2 MakeAuthority(string name, X509Certificate2? signer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        if (signer is null)
        {
            return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(10));
        }

        using var issued = request.Create(signer, signer.NotBefore, signer.NotAfter, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    private X509Certificate2 Issue(string name, ECDsa key, string purpose)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        return request.Create(intermediate, intermediate.NotBefore, intermediate.NotAfter, RandomNumberGenerator.GetBytes(8));
    }
}
