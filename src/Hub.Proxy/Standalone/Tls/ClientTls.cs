using System.Security.Cryptography;
using JupyterHub.Core.Hosting;
using JupyterHub.Proxy.Forwarding;

namespace JupyterHub.Proxy.Standalone.Tls;

/// <summary>Reads what the proxy shows to servers, and by what it knows theirs.</summary>
internal static class ClientTls
{
    /// <exception cref="HubStartupException">A file cannot be used; the message names the option.</exception>
    public static UpstreamCredentials Read(ClientTlsSettings settings) => new(
        settings is { CertificateFile: { } certificate, KeyFile: { } key } ? Try("--client-ssl-cert", () => PemFiles.ReadWithKey(certificate, key)) : null,
        settings.AuthorityFile is { } authority ? Try("--client-ssl-ca", () => PemFiles.ReadCertificates([authority])) : null,
        settings.IsInsecure);

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
