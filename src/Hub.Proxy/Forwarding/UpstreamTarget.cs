using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Where a route leads: a server's address, over TCP or a Unix socket, with or without TLS, and what comes before the request's path.</summary>
internal sealed class UpstreamTarget : IEquatable<UpstreamTarget>
{
    private const string UnixScheme = "http+unix";
    private const string UnixHost = "localhost";

    // All of it in one text, from which the rest is cut when a connection is made: there may be a hundred thousand.
    private readonly string identity;
    private readonly int authorityLength;

    internal UpstreamTarget(Uri uri)
    {
        IsTls = uri.Scheme == Uri.UriSchemeHttps;
        Port = uri.Port;
        Path = uri.AbsolutePath.TrimEnd('/');
        var host = uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.IdnHost}]" : uri.IdnHost;
        var authority = uri.IsDefaultPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{Port}");
        authorityLength = authority.Length;
        identity = $"{uri.Scheme}://{authority}{Path}";
    }

    internal UpstreamTarget(string socketPath, string path)
    {
        SocketPath = socketPath;
        Path = path;
        identity = $"{UnixScheme}://{Uri.EscapeDataString(socketPath)}{path}";
    }

    /// <summary>True when the server is spoken to through TLS.</summary>
    public bool IsTls { get; }

    /// <summary>Name (in its ASCII form) or address, without brackets: what is connected to and what a certificate has to name. Made anew each time.</summary>
    public string Host => SocketPath is null ? HostOf(Authority) : UnixHost;

    /// <summary>The TCP port; 0 for a Unix socket.</summary>
    public int Port { get; }

    /// <summary>Absolute path of a Unix socket; null for TCP.</summary>
    public string? SocketPath { get; }

    /// <summary>Host and port as a <c>Host</c> header says them, without a default port; <c>localhost</c> for a Unix socket. Made anew each time.</summary>
    public string Authority => SocketPath is null ? identity.Substring((IsTls ? "https://" : "http://").Length, authorityLength) : UnixHost;

    /// <summary>True when the server is on the machine that the proxy runs on.</summary>
    public bool IsOnThisMachine => SocketPath is not null || Host is UnixHost || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>The target's own path without a final slash; empty when it is an origin only.</summary>
    public string Path { get; }

    /// <summary>
    /// Reads a target: <c>http://host:port</c>, <c>https://host:port</c>, <c>http+unix://%2Fpath%2Fto.sock</c> or the older
    /// <c>unix+http://…</c>, each with an optional path; false with the reason, which quotes nothing of the text.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out UpstreamTarget? target, [NotNullWhen(false)] out string? reason) =>
        UpstreamTargetParser.TryParse(text, out target, out reason);

    /// <summary>Reads a target that a host gave as a URL.</summary>
    /// <exception cref="ArgumentException">It is no target; the message says why.</exception>
    public static UpstreamTarget Of(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return TryParse(uri.IsAbsoluteUri ? uri.AbsoluteUri : uri.OriginalString, out var target, out var reason) ? target : throw new ArgumentException(reason, nameof(uri));
    }

    /// <summary>The target as a URL that .NET can hold: a Unix socket becomes <c>http+unix:///path/to.sock</c>.</summary>
    public Uri ToUri() => SocketPath is null
        ? new Uri(identity)
        : new Uri($"{UnixScheme}://{string.Join('/', SocketPath.Split('/').Select(Uri.EscapeDataString))}");

    /// <summary>How to connect to the server.</summary>
    public EndPoint ToEndPoint()
    {
        if (SocketPath is not null)
        {
            return new System.Net.Sockets.UnixDomainSocketEndPoint(SocketPath);
        }

        var host = Host;
        return IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, Port) : new DnsEndPoint(host, Port);
    }

    public bool Equals(UpstreamTarget? other) => other is not null && other.identity == identity;

    public override bool Equals(object? obj) => Equals(obj as UpstreamTarget);

    public override int GetHashCode() => identity.GetHashCode(StringComparison.Ordinal);

    /// <summary>The target in its one spelling, fit for a log line.</summary>
    public override string ToString() => identity;

    private static string HostOf(string authority)
    {
        if (authority[0] == '[')
        {
            return authority[1..authority.IndexOf(']', StringComparison.Ordinal)];
        }

        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? authority : authority[..colon];
    }
}
