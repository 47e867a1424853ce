using System.Globalization;
using System.Net.Sockets;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Standalone;
using JupyterHub.Proxy.Standalone.Listening;
using JupyterHub.Proxy.Standalone.Tls;

namespace JupyterHub.Cli.Proxy;

/// <summary>Turns a command line into settings.</summary>
internal sealed class ProxySettingsReader(ProxyArguments arguments, Func<string, string?> environment)
{
    public const string TokenVariable = "CONFIGPROXY_AUTH_TOKEN";

    private const int DefaultPort = 8000;

    /// <exception cref="ProxyUsageException">An option is wrong; the message names it.</exception>
    public ProxySettings Read(string token)
    {
        Refuse();
        var open = Listen("--socket", "--ip", "", "--port", DefaultPort)!;
        var api = Listen("--api-socket", "--api-ip", "localhost", "--api-port", open.Port is 0 or 65_535 ? (open.SocketPath is null ? 0 : DefaultPort + 1) : open.Port + 1)!;
        var tls = new ProxyTlsReader(arguments, environment);
        var publicTls = tls.ReadListener("--", "CONFIGPROXY_SSL_KEY_PASSPHRASE");
        var (journal, isOptional) = new JournalChoice(arguments, environment).Choose(open);
        return new ProxySettings
        {
            AuthToken = token,
            Public = open,
            Api = api,
            Metrics = arguments.Has("--metrics-port") || arguments.Has("--metrics-socket") ? Listen("--metrics-socket", "--metrics-ip", "", "--metrics-port", 0) : null,
            Redirect = Redirect(publicTls),
            RedirectTo = Port("--redirect-to") ?? open.Port,
            PublicTls = publicTls,
            ApiTls = tls.ReadListener("--api-", "CONFIGPROXY_API_SSL_KEY_PASSPHRASE"),
            ClientTls = tls.ReadClient(),
            DefaultTarget = arguments.Value("--default-target"),
            ErrorTarget = ErrorTarget(),
            ErrorPath = ErrorPath(),
            HostRouting = arguments.Has("--host-routing"),
            Forwarding = Forwarding(),
            TrustedDownstreamIps = Trusted(),
            KeepAliveTimeout = Duration("--keep-alive-timeout"),
            MostRoutes = Number("--max-routes", 1, 100_000_000) ?? 1_000_000,
            JournalFile = journal,
            IsJournalOptional = isOptional,
        };
    }

    private void Refuse()
    {
        foreach (var option in ProxyOptionList.All)
        {
            if (option.Refusal is { } refusal && arguments.Has(option.Name))
            {
                throw new ProxyUsageException($"{option.Name}: {refusal}");
            }
        }
    }

    private ListenAddress? Listen(string socketOption, string ipOption, string defaultIp, string portOption, int defaultPort)
    {
        if (arguments.Value(socketOption) is not { } socket)
        {
            return new ListenAddress(arguments.Value(ipOption) ?? defaultIp, Port(portOption) ?? defaultPort);
        }

        if (arguments.Has(ipOption) || arguments.Has(portOption))
        {
            throw new ProxyUsageException($"{socketOption}: give either a socket or {ipOption} and {portOption}.");
        }

        return socket.Length == 0 ? throw new ProxyUsageException($"{socketOption}: the path is empty.")
            : IsSocketPath(Path.GetFullPath(socket)) ? new ListenAddress("", 0, Path.GetFullPath(socket))
            : throw new ProxyUsageException($"{socketOption}: the path is too long for a socket; systems take about a hundred characters.");
    }

    private static bool IsSocketPath(string path)
    {
        try
        {
            _ = new UnixDomainSocketEndPoint(path);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private ListenAddress? Redirect(TlsSettings? tls)
    {
        if (Port("--redirect-port") is not { } port)
        {
            return null;
        }

        return tls is not null
            ? new ListenAddress("", port)
            : throw new ProxyUsageException("--redirect-port: there is no HTTPS to send anybody to; give --ssl-key and --ssl-cert.");
    }

    private UpstreamTarget? ErrorTarget()
    {
        if (arguments.Value("--error-target") is not { } text)
        {
            return null;
        }

        if (arguments.Has("--error-path"))
        {
            throw new ProxyUsageException("--error-target: give either it or --error-path.");
        }

        return UpstreamTarget.TryParse(text, out var target, out _)
            ? target
            : throw new ProxyUsageException("--error-target: it has to be an http or https URL without user name and query, or http+unix:// with the escaped path of a socket.");
    }

    private string? ErrorPath()
    {
        if (arguments.Value("--error-path") is not { } folder)
        {
            return null;
        }

        return Directory.Exists(folder) ? Path.GetFullPath(folder) : throw new ProxyUsageException("--error-path: there is no such folder.");
    }

    private ForwardingOptions Forwarding()
    {
        // Both end what stays silent: the one seen from the client, the other from the server.
        var silences = new[] { Duration("--timeout"), Duration("--proxy-timeout") }.OfType<TimeSpan>().ToArray();
        return new ForwardingOptions
        {
            ActivityTimeout = silences.Length > 0 ? silences.Min() : new ForwardingOptions().ActivityTimeout,
            AddsForwardingHeaders = !arguments.Has("--no-x-forward"),
            ChangesOrigin = arguments.Has("--change-origin"),
            RewritesRedirects = arguments.Has("--auto-rewrite"),
            RedirectScheme = RedirectScheme(),
            PrependsTargetPath = !arguments.Has("--no-prepend-path"),
            IncludesPrefix = !arguments.Has("--no-include-prefix"),
            CustomHeaders = CustomHeader.ReadAll(arguments.All("--custom-header")),
        };
    }

    private string? RedirectScheme() => arguments.Value("--protocol-rewrite")?.TrimEnd(':') switch
    {
        null => null,
        "http" => "http",
        "https" => "https",
        _ => throw new ProxyUsageException("--protocol-rewrite: it has to be http or https."),
    };

    private IReadOnlyList<string> Trusted() => arguments.Value("--trusted-downstream-ips") is { } list
        ? list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : ProxySettings.DefaultTrustedDownstreamIps;

    private int? Port(string option) => Number(option, 0, 65_535);

    // Zero is none, as it is for the original.
    private TimeSpan? Duration(string option) => Number(option, 0, int.MaxValue) is { } milliseconds and > 0 ? TimeSpan.FromMilliseconds(milliseconds) : null;

    private int? Number(string option, int least, int most)
    {
        if (arguments.Value(option) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ProxyUsageException(string.Create(CultureInfo.InvariantCulture, $"{option}: it has to be a number from {least} to {most}."));
    }
}
