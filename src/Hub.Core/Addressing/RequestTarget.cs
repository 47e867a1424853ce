using System.Diagnostics.CodeAnalysis;

namespace JupyterHub.Core.Addressing;

/// <summary>
/// What a request asks for, read once from the raw target and used by API, pages, proxy and authorization alike
/// (contract 1.4): slashes that are written as such split the path, then each segment is decoded exactly once.
/// Case, empty segments and a trailing slash (an empty last segment) are kept.
/// </summary>
internal sealed class RequestTarget
{
    /// <summary>Most characters that a target may have; servers usually allow less (Kestrel 8,192).</summary>
    public const int MaxLength = 65_536;

    private readonly int pathLength;
    private readonly int[] ends;
    private readonly string?[]? decoded;

    internal RequestTarget(RequestTargetForm form, string authority, string pathAndQuery, int pathLength, int[] ends, string?[]? decoded)
    {
        Form = form;
        Authority = authority;
        PathAndQuery = pathAndQuery;
        this.pathLength = pathLength;
        this.ends = ends;
        this.decoded = decoded;
    }

    public RequestTargetForm Form { get; }

    /// <summary>Host and port of an absolute form, as written; otherwise empty.</summary>
    public string Authority { get; }

    /// <summary>Path and query, byte for byte as received: what is forwarded. <c>*</c> for the asterisk form.</summary>
    public string PathAndQuery { get; }

    /// <summary>The path as received, with its leading slash.</summary>
    public ReadOnlySpan<char> RawPath => PathAndQuery.AsSpan(0, pathLength);

    /// <summary>The query as received, without the question mark; empty when there is none.</summary>
    public ReadOnlySpan<char> RawQuery => pathLength < PathAndQuery.Length ? PathAndQuery.AsSpan(pathLength + 1) : default;

    /// <summary>Number of segments: one per slash, so <c>/</c> has one (empty), <c>/a/</c> has two; 0 for the asterisk form.</summary>
    public int SegmentCount => ends.Length;

    /// <summary>True when the last segment is empty.</summary>
    public bool EndsWithSlash => ends.Length > 0 && RawSegment(ends.Length - 1).IsEmpty;

    /// <summary>Reads a target; false with the reason when it has to be refused.</summary>
    public static bool TryParse(string? raw, [NotNullWhen(true)] out RequestTarget? target, out RequestTargetError error) =>
        RequestTargetParser.TryParse(raw, out target, out error);

    /// <summary>A segment as received: what literal parts of a route are compared with.</summary>
    public ReadOnlySpan<char> RawSegment(int index)
    {
        var start = StartOf(index);
        return PathAndQuery.AsSpan(start, ends[index] - start);
    }

    /// <summary>A segment, decoded once: what names are compared with.</summary>
    public ReadOnlySpan<char> Segment(int index) => decoded?[index] is { } text ? text : RawSegment(index);

    /// <summary><see cref="Segment"/> as a string; allocates when the segment is written without escapes.</summary>
    public string SegmentText(int index) => decoded?[index] ?? RawSegment(index).ToString();

    /// <summary>Path and query as received from the slash before a segment on; for redirects that drop what comes before.</summary>
    public ReadOnlySpan<char> RawFrom(int index) => PathAndQuery.AsSpan(StartOf(index) - 1);

    public override string ToString() => Authority.Length == 0 ? PathAndQuery : $"//{Authority}{PathAndQuery}";

    private int StartOf(int index) => index == 0 ? 1 : ends[index - 1] + 1;
}
