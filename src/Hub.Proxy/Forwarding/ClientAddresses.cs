using System.Net;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Proxying;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Tells who asks: the connection's peer, or whoever a trusted proxy in front says it speaks for.</summary>
/// <param name="trusted">The proxies that the operator trusts.</param>
/// <param name="proxy">The hub's proxy: one that the hub starts itself is believed what it adds.</param>
internal sealed class ClientAddresses(TrustedPeers trusted, IHubProxy? proxy = null)
{
    private readonly bool hasOwnProxy = proxy is IExternalProxy { DescribesClients: true };

    /// <summary>True when the request came from a proxy whose forwarding headers count.</summary>
    public bool IsFromTrustedPeer(HttpContext context) => trusted.Contains(context.Connection.RemoteIpAddress);

    /// <summary>The client of a request.</summary>
    public ClientAddress Of(HttpContext context)
    {
        var peer = context.Connection.RemoteIpAddress is { } address ? TrustedPeers.Plain(address) : null;
        var request = context.Request;
        if (IsOwnProxy(peer, context))
        {
            var hop = LastHop(request.Headers);
            if (!trusted.Contains(peer) && !trusted.Contains(hop))
            {
                return new ClientAddress(hop ?? peer, LastScheme(request), request.Host.Value ?? "");
            }
        }
        else if (!trusted.Contains(peer))
        {
            return new ClientAddress(peer, request.Scheme, request.Host.Value ?? "");
        }

        return new ClientAddress(AddressOf(request.Headers) ?? peer, SchemeOf(request), HostOf(request));
    }

    // What our proxy adds stands last; what stands before it, and what it only passes on, came from its client. A process of this machine
    // may pretend to be the proxy: it then is taken for another address, and gains no right by that.
    private bool IsOwnProxy(IPAddress? peer, HttpContext context) =>
        hasOwnProxy && peer is not null && (IPAddress.IsLoopback(peer) || peer.Equals(context.Connection.LocalIpAddress));

    private static IPAddress? LastHop(IHeaderDictionary headers) =>
        Elements(headers[ForwardingHeaders.For]) is [.., var last] && TryReadAddress(last, out var address) ? TrustedPeers.Plain(address) : null;

    private static string LastScheme(HttpRequest request) => HttpScheme(Elements(request.Headers[ForwardingHeaders.Proto]).LastOrDefault()) ?? request.Scheme;

    // Each proxy adds the address it was called from at the end: going back from there, the first one that is not
    // itself a trusted proxy is the client. What stands before it is hearsay.
    private IPAddress? AddressOf(IHeaderDictionary headers)
    {
        var hops = Elements(headers[ForwardingHeaders.For]);
        if (hops.Length == 0)
        {
            hops = [.. Elements(headers[ForwardingHeaders.Forwarded]).Select(element => ForwardedElement.Parameter(element, "for") ?? "")];
        }

        if (hops.Length == 0)
        {
            hops = Elements(headers[ForwardingHeaders.RealIp]);
        }

        IPAddress? client = null;
        for (var index = hops.Length - 1; index >= 0; index--)
        {
            if (!TryReadAddress(hops[index], out var address))
            {
                break;
            }

            client = TrustedPeers.Plain(address);
            if (!trusted.Contains(client))
            {
                break;
            }
        }

        return client;
    }

    // The outermost value, since what counts is what the browser sees (contract 9).
    private static string SchemeOf(HttpRequest request)
    {
        var forwarded = Elements(request.Headers[ForwardingHeaders.Forwarded]);
        return HttpScheme(forwarded.Length == 0 ? null : ForwardedElement.Parameter(forwarded[0], "proto"))
            ?? HttpScheme(Elements(request.Headers[ForwardingHeaders.Scheme]).FirstOrDefault())
            ?? HttpScheme(Elements(request.Headers[ForwardingHeaders.Proto]).FirstOrDefault())
            ?? request.Scheme;
    }

    private static string? HttpScheme(string? value) => value?.ToLowerInvariant() switch
    {
        "http" => "http",
        "https" => "https",
        _ => null,
    };

    private static string HostOf(HttpRequest request)
    {
        var forwarded = Elements(request.Headers[ForwardingHeaders.Forwarded]);
        var host = (forwarded.Length == 0 ? null : ForwardedElement.Parameter(forwarded[0], "host"))
            ?? Elements(request.Headers[ForwardingHeaders.Host]).FirstOrDefault();
        return host is not null && RequestTarget.TryParse($"http://{host}/", out var target, out _) && target.Authority == host
            ? host
            : request.Host.Value ?? "";
    }

    private static bool TryReadAddress(string hop, out IPAddress address)
    {
        // 192.0.2.1, 192.0.2.1:4711, 2001:db8::1, [2001:db8::1], [2001:db8::1]:4711
        var text = hop.StartsWith('[') && hop.IndexOf(']', StringComparison.Ordinal) is > 0 and var end ? hop[1..end] : hop;
        if (text.AsSpan().Count(':') == 1)
        {
            text = text[..text.IndexOf(':', StringComparison.Ordinal)];
        }

        return IPAddress.TryParse(text, out address!);
    }

    private static string[] Elements(StringValues values) =>
        values.Count == 0 ? [] : values.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
