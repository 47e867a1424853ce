using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Processes;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>How the proxy is called.</summary>
internal sealed class ChpCommand(ChpSettings settings, HubAddresses addresses)
{
    // Beyond what every program needs: what node, .NET and the proxy itself are told by. The hub's own settings and secrets stay behind.
    private static readonly string[] Inherited = ["HOME", "LANG", "LD_LIBRARY_PATH", "LOGNAME", "PATH", "SSL_CERT_DIR", "SSL_CERT_FILE", "TEMP", "TMP", "TMPDIR", "TZ", "USER"];
    private static readonly string[] InheritedPrefixes = ["CONFIGPROXY_", "DOTNET_", "LC_", "NODE_"];

    /// <summary>Program and all arguments. The token is in the environment alone: arguments are for all users of the machine to read.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        .. settings.Command,
        "--ip", settings.PublicUrl!.DnsSafeHost, "--port", Text(settings.PublicUrl.Port),
        .. settings.Endpoint.SocketPath is { } socket
            ? new[] { "--api-socket", socket }
            : ["--api-ip", settings.Endpoint.ApiUrl.DnsSafeHost, "--api-port", Text(settings.Endpoint.ApiUrl.Port)],
        "--error-target", new Uri(addresses.ConnectUrl, $"{addresses.HubPath}error").ToString(),
        "--log-level", settings.LogLevel,
        .. settings.SslKey is { } key ? ["--ssl-key", key] : Array.Empty<string>(),
        .. settings.SslCert is { } certificate ? ["--ssl-cert", certificate] : Array.Empty<string>(),
    ];

    /// <summary>Changes with everything that a proxy is started with, the token apart.</summary>
    public string Fingerprint =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<string[]>([.. Arguments, Text(settings.CommandUmask)])).AsSpan(0, 16));

    /// <summary>The whole environment of the proxy.</summary>
    public Dictionary<string, string> Environment()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (Inherited.Contains(name) || InheritedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                variables[name] = (string)variable.Value!;
            }
        }

        variables[ChpSettingsReader.TokenVariable] = settings.Endpoint.Token;
        variables[ProcessMark.ProxyVariable] = settings.PidFile;
        return variables;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
