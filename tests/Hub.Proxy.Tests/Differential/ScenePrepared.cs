using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>Files that command lines name.</summary>
internal sealed class ScenePrepared : IDisposable
{
    private readonly TestFolder folder = new();

    public ScenePrepared()
    {
        Directory.CreateDirectory(ErrorPages);
        File.WriteAllText(Path.Combine(ErrorPages, "404.html"), "<p>not here, é</p>\n");
        File.WriteAllText(Path.Combine(ErrorPages, "error.html"), "<p>something else</p>\n");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
    }

    public string ErrorPages => folder.Combine("errors");

    public string Key => folder.Combine("key.pem");

    public string Certificate => folder.Combine("cert.pem");

    public void Dispose() => folder.Dispose();
}
