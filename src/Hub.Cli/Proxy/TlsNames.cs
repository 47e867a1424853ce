using System.Net.Security;
using System.Security.Authentication;

namespace JupyterHub.Cli.Proxy;

/// <summary>Reads OpenSSL's names for versions and cipher suites of TLS.</summary>
internal static class TlsNames
{
    // What a list usually takes away and what is never there.
    private static readonly HashSet<string> NeverThere = new(StringComparer.OrdinalIgnoreCase)
    {
        "aNULL", "eNULL", "NULL", "EXPORT", "EXP", "LOW", "DES", "3DES", "RC4", "RC2", "MD5", "PSK", "SRP", "CAMELLIA", "IDEA", "SEED", "aDSS", "DSS", "ADH", "AECDH",
    };

    /// <exception cref="ProxyUsageException">The version is unknown or unsafe.</exception>
    public static SslProtocols Protocols(string? name) => name switch
    {
        null or "TLS" or "SSLv23" => SslProtocols.None,
        "TLSv1_2" => SslProtocols.Tls12,
        "TLSv1_3" => SslProtocols.Tls13,
        _ => throw new ProxyUsageException("--ssl-protocol: it has to be TLSv1_2 or TLSv1_3; leave it out for both. Older versions are broken."),
    };

    /// <exception cref="ProxyUsageException">A suite is unknown.</exception>
    public static IReadOnlyList<TlsCipherSuite>? CipherSuites(string? list)
    {
        if (list is null)
        {
            return null;
        }

        var suites = new List<TlsCipherSuite>();
        foreach (var name in list.Split([':', ',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (name[0] is '!' or '-' && NeverThere.Contains(name[1..]))
            {
                continue;
            }

            suites.Add(Enum.TryParse<TlsCipherSuite>(Standard(name), out var suite) && Enum.IsDefined(suite)
                ? suite
                : throw new ProxyUsageException("--ssl-ciphers: name every cipher suite, as in ECDHE-RSA-AES128-GCM-SHA256; groups such as HIGH are not known."));
        }

        return suites.Count > 0 ? suites : throw new ProxyUsageException("--ssl-ciphers: it names no cipher suite.");
    }

    // ECDHE-RSA-AES128-GCM-SHA256 is TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256.
    private static string Standard(string name)
    {
        if (name.StartsWith("TLS_", StringComparison.Ordinal))
        {
            return name;
        }

        string[] exchanges = ["ECDHE-RSA-", "ECDHE-ECDSA-", "DHE-RSA-"];
        var exchange = Array.Find(exchanges, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
        var cipher = name[(exchange?.Length ?? 0)..]
            .Replace("AES128", "AES_128", StringComparison.Ordinal)
            .Replace("AES256", "AES_256", StringComparison.Ordinal)
            .Replace("CHACHA20-POLY1305", "CHACHA20-POLY1305-SHA256", StringComparison.Ordinal)
            .Replace('-', '_');
        if (cipher.StartsWith("AES_", StringComparison.Ordinal) && !cipher.Contains("GCM", StringComparison.Ordinal) && !cipher.Contains("CCM", StringComparison.Ordinal))
        {
            cipher = cipher.Replace("_SHA", "_CBC_SHA", StringComparison.Ordinal);
        }

        return $"TLS_{(exchange ?? "RSA-").Replace('-', '_')}WITH_{cipher}";
    }
}
