using System.Diagnostics.CodeAnalysis;

namespace JupyterHub.Proxy.Standalone.ErrorPages;

/// <summary>A server that writes error pages.</summary>
/// <param name="Address">What a status is appended to; ends in a slash.</param>
/// <param name="SocketPath">The Unix socket that it listens at; null for TCP.</param>
internal sealed record ErrorTarget(Uri Address, string? SocketPath = null)
{
    private static readonly string[] UnixPrefixes = ["http+unix://", "unix+http://"];

    /// <summary>Reads <c>http(s)://host:port/path</c> or <c>http+unix://%2Fpath%2Fof.sock/path</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ErrorTarget? target)
    {
        target = null;
        var whole = text.EndsWith('/') ? text : text + "/";
        string? socket = null;
        if (Array.Find(UnixPrefixes, prefix => whole.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } unix)
        {
            var end = whole.IndexOf('/', unix.Length);
            socket = Uri.UnescapeDataString(whole[unix.Length..end]);
            whole = $"http://localhost{whole[end..]}";
            if (!socket.StartsWith('/'))
            {
                return false;
            }
        }

        if (Uri.TryCreate(whole, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address.Host.Length > 0 && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0)
        {
            target = new ErrorTarget(address, socket);
        }

        return target is not null;
    }
}
