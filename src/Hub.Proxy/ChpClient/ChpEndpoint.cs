using System.Security.Cryptography;
using System.Text;
using JupyterHub.Proxy.Forwarding;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>The proxy's API: where it is, and what it asks for.</summary>
/// <param name="ApiUrl">What requests are addressed to. For a Unix socket a name of its own, so that kept connections are never another socket's.</param>
/// <param name="Token">What it asks for.</param>
internal sealed record ChpEndpoint(Uri ApiUrl, string Token)
{
    private const string UnixScheme = "http+unix://";

    /// <summary>Unix socket that it listens at; null for TCP.</summary>
    public string? SocketPath { get; private init; }

    public static ChpEndpoint AtSocket(string path, string token) =>
        new(new Uri($"http://{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 16))}.socket"), token) { SocketPath = path };

    /// <summary>Reads <c>http+unix://%2Fpath%2Fto.sock</c>; null for anything else.</summary>
    public static ChpEndpoint? ReadSocket(string text, string token) =>
        text.StartsWith(UnixScheme, StringComparison.OrdinalIgnoreCase) && UpstreamTarget.TryParse(text, out var target, out _) && target is { SocketPath: { } path, Path: "" }
            ? AtSocket(path, token)
            : null;

    /// <summary>The address of a path of the API, which goes out as it is written: names may look like dot segments.</summary>
    public Uri UrlOf(string path) =>
        new($"{ApiUrl.AbsoluteUri.TrimEnd('/')}/api/routes{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <summary>The address alone, never the token.</summary>
    public override string ToString() => SocketPath is null ? ApiUrl.ToString() : UnixScheme + Uri.EscapeDataString(SocketPath);
}
