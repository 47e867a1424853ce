using System.Buffers;
using System.Text.Json;
using JupyterHub.Proxy.Forwarding;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>
/// What a client posted about a route, ready to be sent back: the JSON text around the one value that moves, the time of the last
/// activity.
/// </summary>
internal readonly struct ChpRouteData : IEquatable<ChpRouteData>
{
    public const string LastActivityName = "last_activity";

    private readonly byte[] json;
    private readonly int split;

    /// <param name="target">Where the route leads.</param>
    /// <param name="json">All of the text but the time of the last activity.</param>
    /// <param name="split">Where that belongs.</param>
    internal ChpRouteData(UpstreamTarget target, byte[] json, int split)
    {
        Target = target;
        this.json = json;
        this.split = split;
    }

    /// <summary>Where the route leads.</summary>
    public UpstreamTarget Target { get; }

    /// <summary>Length of what <see cref="Write(Span{byte}, DateTimeOffset)"/> writes.</summary>
    public int Length => json.Length + JavaScriptDate.Length;

    public void Write(IBufferWriter<byte> output, DateTimeOffset lastActivity)
    {
        Write(output.GetSpan(Length), lastActivity);
        output.Advance(Length);
    }

    public void Write(Span<byte> output, DateTimeOffset lastActivity)
    {
        json.AsSpan(0, split).CopyTo(output);
        JavaScriptDate.Format(lastActivity, output[split..]);
        json.AsSpan(split).CopyTo(output[(split + JavaScriptDate.Length)..]);
    }

    /// <summary>True when both are shown as the same text, which names the target.</summary>
    public bool Equals(ChpRouteData other) => split == other.split && json.AsSpan().SequenceEqual(other.json);

    public override bool Equals(object? obj) => obj is ChpRouteData other && Equals(other);

    public override int GetHashCode() => split;

    /// <summary>Reads a body.</summary>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="host">The route's host, which goes among the data; null without host routing.</param>
    /// <exception cref="ChpApiException">It is no JSON, or names no target.</exception>
    public static ChpRouteData Read(ReadOnlyMemory<byte> body, string? host) => (host is null ? ChpPlainJson.Read(body.Span) : null) ?? ReadAny(body, host);

    private static ChpRouteData ReadAny(ReadOnlyMemory<byte> body, string? host)
    {
        try
        {
            using var document = JsonDocument.Parse(body, ChpJson.Strict);
            return ChpJson.Read(document.RootElement, host);
        }
        catch (JsonException problem)
        {
            throw ChpApiException.BadRequest($"Body not valid JSON: SyntaxError: {Describe(body.Span, problem)}");
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: JavaScript keeps what no UTF-8 can hold.
            throw ChpApiException.BadRequest("Body not valid JSON: SyntaxError: a string holds half of a character");
        }
    }

    private static string Describe(ReadOnlySpan<byte> body, JsonException problem)
    {
        if (body.Trim(" \t\r\n"u8).IsEmpty)
        {
            return "Unexpected end of JSON input";
        }

        return problem.LineNumber is { } line
            ? $"Unexpected token in JSON at line {line + 1} position {problem.BytePositionInLine}"
            : "Unexpected token in JSON";
    }
}
