using System.Net;
using JupyterHub.Core.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace JupyterHub.AspNetCore.Hosting;

/// <summary>The addresses that the application really listens on, and the one that servers are told to call.</summary>
internal sealed class BoundAddress(IServer server, JupyterHubOptions options)
{
    public IReadOnlyList<Uri> Listeners() =>
        (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
            .Select(address => Uri.TryCreate(address.Replace("://+", "://0.0.0.0", StringComparison.Ordinal).Replace("://*", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var url) ? url : null)
            .OfType<Uri>()
            .ToList();

    /// <summary>The configured address, else the first listener's, with loopback where it listens everywhere; null where there is neither.</summary>
    public Uri? ConnectUrl()
    {
        if (!string.IsNullOrEmpty(options.HubConnectUrl))
        {
            return new Uri(options.HubConnectUrl);
        }

        var listener = Listeners().OrderBy(url => url.Scheme == Uri.UriSchemeHttp ? 0 : 1).FirstOrDefault();
        return listener is null ? null : new UriBuilder(listener.Scheme, Reachable(listener), listener.Port).Uri;
    }

    private static string Reachable(Uri listener)
    {
        if (!IPAddress.TryParse(listener.DnsSafeHost, out var address))
        {
            return listener.Host;
        }

        return address.Equals(IPAddress.Any) ? "127.0.0.1" : address.Equals(IPAddress.IPv6Any) ? "[::1]" : listener.Host;
    }
}
