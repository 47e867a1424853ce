using System.Diagnostics.CodeAnalysis;
using System.Text;
using JupyterHub.Core.Addressing;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Reads targets that anybody may have written.</summary>
internal static class UpstreamTargetParser
{
    private const int Longest = 2048;

    // What the address of a socket can hold beside the final null (Linux: 108 bytes, others less).
    private const int LongestSocketPath = 107;

    private static readonly string[] UnixPrefixes = ["http+unix://", "unix+http://"];

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out UpstreamTarget? target, [NotNullWhen(false)] out string? reason)
    {
        target = null;
        reason = Unfit(text);
        if (reason is null)
        {
            reason = UnixPrefixes.Any(prefix => text!.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                ? ParseUnix(text!, out target)
                : ParseTcp(text!, out target);
        }

        return target is not null;
    }

    private static string? Unfit(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "A route needs a target.";
        }

        if (text.Length > Longest)
        {
            return $"A route's target has at most {Longest} characters.";
        }

        // Backslashes are slashes to browsers and to the original, something else to others.
        return text.AsSpan().ContainsAnyInRange('\0', ' ') || text.Contains('\x7f') || text.Contains('\\')
            ? "A route's target has no spaces, control characters or backslashes."
            : null;
    }

    private static string? ParseTcp(string text, out UpstreamTarget? target)
    {
        target = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps) || uri.IdnHost.Length == 0)
        {
            return "A route's target has to be an http or https URL, or http+unix:// with the escaped path of a socket.";
        }

        if (Surplus(text) is { } surplus)
        {
            return surplus;
        }

        if (uri.Port == 0)
        {
            return "A route's target needs a port that a server can listen on.";
        }

        target = new UpstreamTarget(uri);
        return null;
    }

    private static string? ParseUnix(string text, out UpstreamTarget? target)
    {
        target = null;
        if (Surplus(text) is { } surplus)
        {
            return surplus;
        }

        // With the socket's path as "host", as the original has it; or with an empty host as the only form that .NET's Uri can hold.
        var rest = text[UnixPrefixes[0].Length..];
        var slash = rest.StartsWith('/') ? rest.Length : rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var at ? at : rest.Length;
        if (rest.AsSpan(0, slash).Contains(':'))
        {
            return "A Unix socket has no port.";
        }

        var socket = PercentDecoding.Decode(rest.AsSpan(0, slash), out var error);
        if (socket is null)
        {
            return $"The path of a target's Unix socket is malformed. {error.Describe()}";
        }

        if (!socket.StartsWith('/') || socket.EndsWith('/') || socket.Any(char.IsControl))
        {
            return "A target's Unix socket is named by its absolute path, as in http+unix://%2Frun%2Fada.sock.";
        }

        if (Encoding.UTF8.GetByteCount(socket) > LongestSocketPath)
        {
            return $"The path of a Unix socket has at most {LongestSocketPath} bytes.";
        }

        target = new UpstreamTarget(socket, new Uri($"http://localhost{rest[slash..]}").AbsolutePath.TrimEnd('/'));
        return null;
    }

    private static string? Surplus(string text)
    {
        var authority = text.IndexOf("//", StringComparison.Ordinal) + 2;
        var end = text.AsSpan(authority).IndexOfAny("/?#");
        return text.AsSpan(authority, end < 0 ? text.Length - authority : end).Contains('@') ? "A route's target has no user name or password."
            : text.AsSpan().ContainsAny("?#") ? "A route's target has no query and no fragment."
            : null;
    }
}
