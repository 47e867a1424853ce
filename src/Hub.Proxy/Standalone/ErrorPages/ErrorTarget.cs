using System.Diagnostics.CodeAnalysis;
using JupyterHub.Proxy.Forwarding;

namespace JupyterHub.Proxy.Standalone.ErrorPages;

/// <summary>A server that writes error pages.</summary>
/// <param name="Address">What a status is appended to; ends in a slash.</param>
/// <param name="SocketPath">The Unix socket that it listens at; null for TCP.</param>
internal sealed record ErrorTarget(Uri Address, string? SocketPath = null)
{
    /// <summary>Reads <c>http(s)://host:port/path</c> or <c>http+unix://%2Fpath%2Fof.sock/path</c>: whatever a route may lead to.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ErrorTarget? target)
    {
        target = UpstreamTarget.TryParse(text, out var server, out _) ? new ErrorTarget(new Uri($"{server.Origin}{server.Path}/"), server.SocketPath) : null;
        return target is not null;
    }
}
