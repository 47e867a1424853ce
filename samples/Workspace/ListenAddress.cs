using System.Globalization;
using System.Net;

namespace Workspace;

/// <summary>Where to listen, from <c>JUPYTERHUB_SERVICE_URL</c>: <c>http://127.0.0.1:8888/user/ada/</c>.</summary>
internal sealed record ListenAddress(IPAddress? Address, int Port)
{
    /// <summary>Parsed by hand: an empty host means every address, and <see cref="Uri"/> refuses it.</summary>
    public static ListenAddress Parse(string name, string url)
    {
        const string scheme = "http://";
        if (!url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw new WorkspaceException($"{name} must begin with http:// (TLS between hub and workspace is not supported).");
        }

        var authority = url[scheme.Length..];
        var end = authority.IndexOfAny(['/', '?', '#']);
        authority = end < 0 ? authority : authority[..end];
        var colon = authority.LastIndexOf(':');
        if (colon < 0
            || !int.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65535)
        {
            throw new WorkspaceException($"{name} must name a port, as in http://127.0.0.1:8888/.");
        }

        return new ListenAddress(ParseHost(name, authority[..colon]), port);
    }

    private static IPAddress? ParseHost(string name, string host) => host switch
    {
        "" => null,
        "localhost" => IPAddress.Loopback,
        _ when IPAddress.TryParse(host.Trim('[', ']'), out var address) => address,
        _ => throw new WorkspaceException($"{name} must name an IP address to listen at, as in http://127.0.0.1:8888/."),
    };
}
