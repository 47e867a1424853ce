using System.Globalization;
using System.Net;

namespace JupyterHub.Client.Hosting;

/// <summary>Where to listen, from <c>JUPYTERHUB_SERVICE_URL</c>: <c>http://127.0.0.1:8888/user/ada/</c>.</summary>
internal sealed record ListenAddress(IPAddress? Address, int Port)
{
    private const string Variable = "JUPYTERHUB_SERVICE_URL";
    private const string Scheme = "http://";

    /// <summary>The address as the server takes it.</summary>
    public string Url => Address is null
        ? string.Create(CultureInfo.InvariantCulture, $"http://*:{Port}")
        : $"http://{new IPEndPoint(Address, Port)}";

    public static ListenAddress Read(HubEnvironment environment) => Parse(environment.Find(null, Variable)
        ?? throw new JupyterHubConfigurationException($"{Variable} is not set. A hub sets it for the services and servers that it starts."));

    /// <summary>Parsed by hand: an empty host means every address, and <see cref="Uri"/> refuses it.</summary>
    public static ListenAddress Parse(string url)
    {
        if (!url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw new JupyterHubConfigurationException($"{Variable} must begin with http:// (TLS between hub and app is not supported).");
        }

        var authority = url[Scheme.Length..];
        var end = authority.IndexOfAny(['/', '?', '#']);
        authority = end < 0 ? authority : authority[..end];
        var colon = authority.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            throw new JupyterHubConfigurationException($"{Variable} must name a port, as in http://127.0.0.1:8888/.");
        }

        return new ListenAddress(ParseHost(authority[..colon]), port);
    }

    private static IPAddress? ParseHost(string host) => host switch
    {
        "" or "*" => null,
        "localhost" => IPAddress.Loopback,
        _ when IPAddress.TryParse(host.Trim('[', ']'), out var address) => address,
        _ => throw new JupyterHubConfigurationException($"{Variable} must name an IP address to listen at, as in http://127.0.0.1:8888/."),
    };
}
