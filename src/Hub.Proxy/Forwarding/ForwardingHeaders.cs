using System.Net;
using JupyterHub.Core.Addressing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>
/// Tells a server who its client is. A trusted proxy's values are added to, anybody else's are replaced, so that a
/// server may believe what it reads.
/// </summary>
internal static class ForwardingHeaders
{
    public const string Forwarded = "Forwarded";
    public const string For = Prefix + "For";
    public const string Proto = Prefix + "Proto";
    public const string Host = Prefix + "Host";
    public const string Port = Prefix + "Port";
    public const string Scheme = "X-Scheme";
    public const string RealIp = "X-Real-IP";

    private const string Prefix = "X-Forwarded-";

    /// <summary>True for every header by which a proxy speaks about its client, also as CGI-like servers read it (<c>X_Forwarded_For</c>).</summary>
    public static bool Includes(string name)
    {
        if (name.Length == 0 || (name[0] | 0x20) is not ('x' or 'f'))
        {
            return false;
        }

        var plain = name.Contains('_') ? name.Replace('_', '-') : name;
        return plain.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            || plain.Equals(Scheme, StringComparison.OrdinalIgnoreCase)
            || plain.Equals(RealIp, StringComparison.OrdinalIgnoreCase)
            || plain.Equals(Forwarded, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Sets the headers of an outgoing request that already carries a copy of the client's.</summary>
    public static void Apply(HttpContext context, HttpRequestMessage outgoing, bool trusted)
    {
        var received = context.Request.Headers;
        if (!trusted)
        {
            foreach (var (name, _) in received)
            {
                if (Includes(name))
                {
                    outgoing.Headers.Remove(name);
                }
            }
        }

        var believed = trusted ? received : null;
        Append(outgoing, For, believed, AddressOf(context.Connection.RemoteIpAddress));
        Append(outgoing, Proto, believed, context.Request.Scheme);
        Append(outgoing, Port, believed, PortOf(context.Request));
        if (StringValues.IsNullOrEmpty(believed?[Host] ?? default))
        {
            Set(outgoing, Host, context.Request.Host.Value);
        }
    }

    private static void Append(HttpRequestMessage outgoing, string name, IHeaderDictionary? believed, string? value)
    {
        var before = believed?[name].ToString();
        Set(outgoing, name, string.IsNullOrEmpty(before) || string.IsNullOrEmpty(value) ? value ?? before : $"{before},{value}");
    }

    private static void Set(HttpRequestMessage outgoing, string name, string? value)
    {
        outgoing.Headers.Remove(name);
        if (!string.IsNullOrEmpty(value))
        {
            outgoing.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static string? AddressOf(IPAddress? address) => address is null ? null : TrustedPeers.Plain(address).ToString();

    private static string PortOf(HttpRequest request) =>
        (request.Host.Port ?? (request.IsHttps ? 443 : 80)).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
