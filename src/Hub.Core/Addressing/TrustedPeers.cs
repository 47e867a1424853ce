using System.Net;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Addressing;

/// <summary>The proxies in front whose word about the client counts (<c>TrustedDownstreamIps</c>); nobody by default.</summary>
internal sealed class TrustedPeers
{
    private readonly IPNetwork[] networks;

    private TrustedPeers(IPNetwork[] networks) => this.networks = networks;

    /// <summary>Reads addresses and networks (CIDR), as a setting names them.</summary>
    /// <exception cref="HubStartupException">An entry is neither; the message names it and the setting.</exception>
    public static TrustedPeers Parse(IEnumerable<string> entries, string setting = "JupyterHub:TrustedDownstreamIps") =>
        new([.. entries.Select(entry => ParseEntry(entry, setting))]);

    /// <summary>True when the address belongs to a trusted proxy. IPv4 in IPv6 clothes is IPv4.</summary>
    public bool Contains(IPAddress? address)
    {
        if (address is null || networks.Length == 0)
        {
            return false;
        }

        var plain = Plain(address);
        foreach (var network in networks)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The IPv4 address inside an IPv4-mapped IPv6 address; any other address as it is.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPNetwork ParseEntry(string entry, string setting)
    {
        var text = entry?.Trim() ?? "";
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        // The parser also takes "10" and "127.1" for addresses, which nobody means here.
        if (IPAddress.TryParse(text, out var address) && (text.Contains(':') || text.AsSpan().Count('.') == 3))
        {
            var plain = Plain(address);
            return new IPNetwork(plain, plain.GetAddressBytes().Length * 8);
        }

        throw new HubStartupException(
            $"{setting}: '{text}' is neither an IP address nor a network such as 10.0.0.0/8.");
    }
}
