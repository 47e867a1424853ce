using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>
/// A route's path as the API writes it: decoded as a whole, so that an escaped slash is a slash, with a leading and
/// without a trailing one. With host routing the first segment is the host.
/// </summary>
internal sealed class ChpPath
{
    private const int Longest = 4096;
    private const int MostSegments = 128;
    private const int LongestHost = 255;

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_");

    private ChpPath(string text, Routespec routespec)
    {
        Text = text;
        Routespec = routespec;
    }

    /// <summary>As a client sees it.</summary>
    public string Text { get; }

    /// <summary>What two ways to write the same route have in common: <see cref="Text"/> with the host in lower case.</summary>
    public string Key => Routespec.Host.Length == 0 ? Text : $"/{Routespec.Host}{Text.AsSpan(Routespec.Host.Length + 1)}";

    public Routespec Routespec { get; }

    /// <summary>The host as it was written; null when the route has none.</summary>
    public string? Host => Routespec.Host.Length == 0 ? null : Text.Substring(1, Routespec.Host.Length);

    /// <summary>The path of a route that was read before.</summary>
    public static ChpPath Of(string text, Routespec routespec) => new(text, routespec);

    /// <summary>Reads a decoded path; surplus slashes at either end count as one.</summary>
    public static bool TryCreate(string decoded, bool hostRouting, [NotNullWhen(true)] out ChpPath? path, [NotNullWhen(false)] out string? problem)
    {
        path = null;
        problem = null;
        var trimmed = decoded.AsSpan().Trim('/');
        if (trimmed.Length > Longest || trimmed.Count('/') >= MostSegments)
        {
            problem = "The path of the route is too long.";
            return false;
        }

        var segments = Split(trimmed);
        if (Array.Exists(segments, static segment => segment is "." or ".."))
        {
            problem = "The path of the route holds a segment '.' or '..', which no request can ask for.";
            return false;
        }

        // The default route belongs to every host.
        var host = hostRouting && segments.Length > 0 ? segments[0].ToLowerInvariant() : "";
        if (host.Length > LongestHost || host.AsSpan().ContainsAnyExcept(HostCharacters))
        {
            problem = "With host routing the first segment of the path has to be a host name without port.";
            return false;
        }

        var text = trimmed.Length + 1 == decoded.Length && decoded[0] == '/' ? decoded : $"/{trimmed}";
        path = new ChpPath(text, Routespec.Of(host, host.Length == 0 ? segments : segments[1..]));
        return true;
    }

    /// <summary>Reads the path that follows <c>/api/routes</c> in a request.</summary>
    public static bool TryCreate(RequestTarget target, int firstSegment, bool hostRouting, [NotNullWhen(true)] out ChpPath? path, [NotNullWhen(false)] out string? problem)
    {
        return TryCreate(Decode(target, firstSegment), hostRouting, out path, out problem);
    }

    private static string Decode(RequestTarget target, int firstSegment)
    {
        if (target.SegmentCount <= firstSegment)
        {
            return "";
        }

        var start = target.PathAndQuery.Length - target.RawFrom(firstSegment).Length;
        var raw = target.RawPath[start..];
        if (!raw.Contains('%'))
        {
            return raw.ToString();
        }

        var decoded = new StringBuilder(raw.Length);
        for (var index = firstSegment; index < target.SegmentCount; index++)
        {
            decoded.Append('/').Append(target.Segment(index));
        }

        return decoded.ToString();
    }

    private static string[] Split(ReadOnlySpan<char> trimmed)
    {
        if (trimmed.IsEmpty)
        {
            return [];
        }

        var segments = new string[trimmed.Count('/') + 1];
        var count = 0;
        foreach (var segment in trimmed.Split('/'))
        {
            segments[count++] = trimmed[segment].ToString();
        }

        return segments;
    }
}
