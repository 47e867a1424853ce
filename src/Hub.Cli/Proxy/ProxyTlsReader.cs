using JupyterHub.Proxy.Standalone.Tls;

namespace JupyterHub.Cli.Proxy;

/// <summary>Turns the options about TLS into settings.</summary>
internal sealed class ProxyTlsReader(ProxyArguments arguments, Func<string, string?> environment)
{
    /// <summary>How a listener speaks TLS; null when it does not.</summary>
    /// <exception cref="ProxyUsageException">An option is wrong; the message names it.</exception>
    public TlsSettings? ReadListener(string prefix, string passphraseVariable)
    {
        var key = arguments.Value($"{prefix}ssl-key");
        var certificate = arguments.Value($"{prefix}ssl-cert");
        if (key is null && certificate is null)
        {
            return RefuseWithout(prefix);
        }

        if (key is null || certificate is null)
        {
            throw Alone($"{prefix}ssl-", hasKey: key is not null);
        }

        return new TlsSettings
        {
            CertificateFile = ExistingFile($"{prefix}ssl-cert", certificate),
            KeyFile = ExistingFile($"{prefix}ssl-key", key),
            KeyPassphrase = environment(passphraseVariable) is { Length: > 0 } passphrase ? passphrase : null,
            ClientAuthorityFile = File($"{prefix}ssl-ca"),
            RequestsClientCertificate = arguments.Has($"{prefix}ssl-request-cert"),
            Protocols = TlsNames.Protocols(arguments.Value("--ssl-protocol")),
            CipherSuites = TlsNames.CipherSuites(arguments.Value("--ssl-ciphers")),
        };
    }

    public ClientTlsSettings ReadClient()
    {
        if (arguments.Has("--client-ssl-key") != arguments.Has("--client-ssl-cert"))
        {
            throw Alone("--client-ssl-", arguments.Has("--client-ssl-key"));
        }

        return new ClientTlsSettings
        {
            CertificateFile = File("--client-ssl-cert"),
            KeyFile = File("--client-ssl-key"),
            AuthorityFile = File("--client-ssl-ca"),
            IsInsecure = arguments.Has("--insecure"),
        };
    }

    // Whoever names a root means to be safe; serving plain HTTP instead would be a trap.
    private TlsSettings? RefuseWithout(string prefix)
    {
        foreach (var option in new[] { "ssl-ca", "ssl-request-cert", "ssl-reject-unauthorized" })
        {
            if (arguments.Has(prefix + option))
            {
                throw new ProxyUsageException($"{prefix}{option}: it needs {prefix}ssl-key and {prefix}ssl-cert.");
            }
        }

        return null;
    }

    private static ProxyUsageException Alone(string prefix, bool hasKey) =>
        new($"{prefix}{(hasKey ? "key" : "cert")}: it needs {prefix}{(hasKey ? "cert" : "key")} as well.");

    private string? File(string option) => arguments.Value(option) is { } file ? ExistingFile(option, file) : null;

    private static string ExistingFile(string option, string file) =>
        System.IO.File.Exists(file) ? Path.GetFullPath(file) : throw new ProxyUsageException($"{option}: there is no such file.");
}
