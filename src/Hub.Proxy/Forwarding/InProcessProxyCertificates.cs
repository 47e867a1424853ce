using System.Security.Cryptography;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Reads the certificate files that a hub's proxy is set up with.</summary>
internal static class InProcessProxyCertificates
{
    /// <exception cref="HubStartupException">A file is missing or is not what it should be; the message names the setting.</exception>
    public static UpstreamCredentials Read(InProcessProxyOptions options)
    {
        if (options.ClientCertificateKeyFile is not null && options.ClientCertificateFile is null)
        {
            throw new HubStartupException(
                $"InProcessProxyOptions.{nameof(options.ClientCertificateKeyFile)} is set without {nameof(options.ClientCertificateFile)}.");
        }

        return new UpstreamCredentials(
            options.ClientCertificateFile is { } file
                ? Read(nameof(options.ClientCertificateFile), () => PemFiles.ReadWithKey(file, options.ClientCertificateKeyFile))
                : null,
            options.TrustedAuthorityFiles.Count > 0
                ? Read(nameof(options.TrustedAuthorityFiles), () => PemFiles.ReadCertificates(options.TrustedAuthorityFiles))
                : null,
            options.AcceptsAnyServerCertificate);
    }

    private static T Read<T>(string setting, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new HubStartupException($"InProcessProxyOptions.{setting} cannot be used. {problem.Message}", problem);
        }
    }
}
