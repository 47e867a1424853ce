using System.Buffers;
using JupyterHub.Core.Addressing;

namespace JupyterHub.Proxy.Routing;

/// <summary>Where a route sits: an optional host and the decoded segments of its path. A value, so that a hundred thousand routes hold no object for it.</summary>
internal readonly struct Routespec
{
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_");

    private Routespec(string host, string[] segments)
    {
        Host = host;
        Segments = segments;
    }

    /// <summary>The host in lower case, without port; empty for a route of every host.</summary>
    public string Host { get; }

    /// <summary>Decoded segments; none for the root.</summary>
    public string[] Segments { get; }

    /// <summary>The one way to write it: <c>/user/ada/</c>, <c>ada.example.org/user/ada/</c>. Made anew each time.</summary>
    public string Text => $"{Host}/{string.Concat(Segments.Select(segment => PathNames.Escape(segment) + "/"))}";

    /// <summary>The place with this host (lower case, or empty) and these decoded segments.</summary>
    public static Routespec Of(string host, string[] segments) => new(host, segments);

    /// <summary>Reads a routespec; the final slash may be missing.</summary>
    /// <exception cref="ArgumentException">It is no routespec; the message says why.</exception>
    public static Routespec Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (text.Length > RequestTarget.MaxLength)
        {
            throw new ArgumentException("A routespec is too long.", nameof(text));
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            throw new ArgumentException($"Routespec '{text}' has no path; write it as '/path/' or 'host/path/'.", nameof(text));
        }

        var host = text[..slash].ToLowerInvariant();
        if (host.AsSpan().ContainsAnyExcept(HostCharacters))
        {
            throw new ArgumentException($"Routespec '{text}' has an invalid host; write it without a port.", nameof(text));
        }

        var path = text[(slash + 1)..];
        return new Routespec(host, path.Length == 0 ? [] : [.. WithoutFinalSlash(path).Split('/').Select(segment => Decode(segment, text))]);
    }

    private static string WithoutFinalSlash(string path) => path.EndsWith('/') ? path[..^1] : path;

    private static string Decode(string segment, string text)
    {
        var decoded = PercentDecoding.Decode(segment, out var error);
        if (error == RequestTargetError.None && decoded is "." or "..")
        {
            error = RequestTargetError.DotSegment;
        }

        if (error != RequestTargetError.None)
        {
            throw new ArgumentException($"Routespec '{text}': {error.Describe()}", nameof(text));
        }

        return decoded is { Length: > 0 }
            ? decoded
            : throw new ArgumentException($"Routespec '{text}' has an empty segment.", nameof(text));
    }
}
