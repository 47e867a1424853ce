using System.Collections.Frozen;
using System.Globalization;
using JupyterHub.Core.Addressing;
using Microsoft.AspNetCore.Http;

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

    /// <summary>
    /// True for a header of the client that says nothing about it, or comes from a proxy that is believed and is not added to. A client
    /// that is not believed says nothing about itself even where this proxy says nothing either: servers would believe it.
    /// </summary>
    public static bool Passes(string name, bool trusted, bool isAddedTo)
    {
        if (!Includes(name))
        {
            return true;
        }

        return trusted && !(isAddedTo && (Is(name, For) || Is(name, Proto) || Is(name, Port) || Is(name, Host)));
    }

    /// <summary>Adds what the proxy knows about its client, but for the names that it shall not set.</summary>
    public static void AddTo<T>(ref T outgoing, HttpContext context, bool trusted, FrozenSet<string> except)
        where T : IOutgoingHeaders
    {
        Span<char> text = stackalloc char[64];
        var believed = trusted ? context.Request.Headers : null;
        var length = 0;
        if (context.Connection.RemoteIpAddress is { } address)
        {
            TrustedPeers.Plain(address).TryFormat(text, out length);
        }

        Append(ref outgoing, For, believed, text[..length], except);
        Append(ref outgoing, Proto, believed, context.Request.Scheme, except);
        PortOf(context.Request).TryFormat(text, out length, provider: CultureInfo.InvariantCulture);
        Append(ref outgoing, Port, believed, text[..length], except);
        var host = believed?[Host].ToString();
        Append(ref outgoing, Host, null, string.IsNullOrEmpty(host) ? context.Request.Host.Value : host, except);
    }

    private static void Append<T>(ref T outgoing, string name, IHeaderDictionary? believed, scoped ReadOnlySpan<char> value, FrozenSet<string> except)
        where T : IOutgoingHeaders
    {
        if (except.Count > 0 && except.Contains(name))
        {
            return;
        }

        var before = believed?[name].ToString();
        if (!string.IsNullOrEmpty(before))
        {
            outgoing.Set(name, value.IsEmpty ? before : $"{before},{value}");
        }
        else if (!value.IsEmpty)
        {
            outgoing.Set(name, value);
        }
    }

    private static int PortOf(HttpRequest request) => request.Host.Port ?? (request.IsHttps ? 443 : 80);

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
