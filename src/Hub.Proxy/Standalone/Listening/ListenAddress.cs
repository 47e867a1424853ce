using System.Globalization;
using System.Net;

namespace JupyterHub.Proxy.Standalone.Listening;

/// <summary>Where a listener listens: at a host and port, or at a Unix socket.</summary>
/// <param name="Host">A name or an address; empty or <c>*</c> for every interface.</param>
/// <param name="Port">0 for any free one.</param>
/// <param name="SocketPath">Path of a Unix socket, in place of host and port.</param>
internal sealed record ListenAddress(string Host, int Port, string? SocketPath = null)
{
    public bool IsEveryInterface => Host is "" or "*";

    public override string ToString() =>
        SocketPath ?? string.Create(CultureInfo.InvariantCulture, $"{(IsEveryInterface ? "*" : Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");

    /// <summary>The addresses behind the name; none for every interface.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name is unknown.</exception>
    public async Task<IPAddress[]> ResolveAsync(CancellationToken cancellationToken) =>
        IsEveryInterface ? []
        : IPAddress.TryParse(Host, out var address) ? [address]
        : [.. (await Dns.GetHostAddressesAsync(Host, cancellationToken)).Distinct()];
}
