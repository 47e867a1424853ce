using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JupyterHub.IntegrationTests.Harness;

/// <summary>A certificate of a test's own, in files as servers take them.</summary>
internal static class OwnCertificate
{
    private const string Subject = "CN=localhost, O=tests of this hub";

    /// <summary>Writes a key and a certificate that it has signed itself.</summary>
    public static async Task WriteAsync(string keyFile, string certificateFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem());
    }

    /// <summary>Whether a server shows such a one.</summary>
    public static bool IsShown(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => certificate?.Subject == Subject;
}
