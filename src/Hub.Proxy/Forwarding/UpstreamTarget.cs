using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Where a route leads: a server's address, over TCP or a Unix socket, with or without TLS, and what comes before the request's path.</summary>
internal sealed class UpstreamTarget : IEquatable<UpstreamTarget>
{
    private const string UnixScheme = "http+unix";

    private readonly string identity;

    internal UpstreamTarget(string text, Uri uri)
    {
        Text = text;
        IsTls = uri.Scheme == Uri.UriSchemeHttps;
        Host = uri.IdnHost;
        Port = uri.Port;
        Path = uri.AbsolutePath.TrimEnd('/');
        var host = uri.HostNameType == UriHostNameType.IPv6 ? $"[{Host}]" : Host;
        Authority = uri.IsDefaultPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{Port}");
        identity = $"{uri.Scheme}://{Authority}{Path}";
    }

    internal UpstreamTarget(string text, string socketPath, string path)
    {
        Text = text;
        SocketPath = socketPath;
        Host = Authority = "localhost";
        Path = path;
        identity = $"{UnixScheme}://{Uri.EscapeDataString(socketPath)}{path}";
    }

    /// <summary>The target as it was written.</summary>
    public string Text { get; }

    /// <summary>True when the server is spoken to through TLS.</summary>
    public bool IsTls { get; }

    /// <summary>Name (in its ASCII form) or address, without brackets: what is connected to and what a certificate has to name.</summary>
    public string Host { get; }

    /// <summary>The TCP port; 0 for a Unix socket.</summary>
    public int Port { get; }

    /// <summary>Absolute path of a Unix socket; null for TCP.</summary>
    public string? SocketPath { get; }

    /// <summary>Host and port as a <c>Host</c> header says them, without a default port; <c>localhost</c> for a Unix socket.</summary>
    public string Authority { get; }

    /// <summary>True when the server is on the machine that the proxy runs on.</summary>
    public bool IsOnThisMachine => SocketPath is not null || Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>The target's own path without a final slash; empty when it is an origin only.</summary>
    public string Path { get; }

    /// <summary>Scheme and authority without path, as redirects of the server would name them.</summary>
    public string Origin => $"{(IsTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp)}://{Authority}";

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
    public EndPoint ToEndPoint() => SocketPath is not null
        ? new System.Net.Sockets.UnixDomainSocketEndPoint(SocketPath)
        : IPAddress.TryParse(Host, out var address) ? new IPEndPoint(address, Port) : new DnsEndPoint(Host, Port);

    public bool Equals(UpstreamTarget? other) => other is not null && other.identity == identity;

    public override bool Equals(object? obj) => Equals(obj as UpstreamTarget);

    public override int GetHashCode() => identity.GetHashCode(StringComparison.Ordinal);

    /// <summary>The target in its one spelling, fit for a log line.</summary>
    public override string ToString() => identity;
}
