using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JupyterHub.Proxy.Tests.Hosts;

/// <summary>A certificate authority of one test, with its files in a folder that goes with it.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-proxy-ca-");
    private readonly X509Certificate2 certificate;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(10));
        File = Write("ca.pem", certificate.ExportCertificatePem());
    }

    /// <summary>PEM file with the authority's own certificate.</summary>
    public string File { get; }

    /// <summary>A certificate for a DNS name or an address.</summary>
    public X509Certificate2 Issue(string name, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(certificate, certificate.NotBefore, until ?? certificate.NotAfter, RandomNumberGenerator.GetBytes(8));
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Files with a certificate and its key.</summary>
    public (string Certificate, string Key) IssueFiles(string name)
    {
        using var issued = Issue(name);
        using var key = issued.GetECDsaPrivateKey()!;
        return (Write($"{name}.pem", issued.ExportCertificatePem()), Write($"{name}.key", ExportKey(issued)));
    }

    /// <summary>True for a certificate that this authority gave out.</summary>
    public bool Knows(X509Certificate2 other)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(certificate);
        return chain.Build(other);
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        certificate.Dispose();
        folder.Delete(recursive: true);
    }

    private static string ExportKey(X509Certificate2 issued)
    {
        // Through an encrypted export: keys that came with a PKCS#12 may not leave in the open.
        using var stored = issued.GetECDsaPrivateKey()!;
        using var key = ECDsa.Create();
        key.ImportEncryptedPkcs8PrivateKey("x", stored.ExportEncryptedPkcs8PrivateKey("x", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)), out _);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
