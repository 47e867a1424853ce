using System.Buffers;
using System.Text.Json;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>
/// What a client posted about a route, ready to be sent back: the JSON text around the one value that moves, the time of the last
/// activity.
/// </summary>
internal sealed class ChpRouteData
{
    public const string LastActivityName = "last_activity";

    private readonly byte[] text;
    private readonly int at;

    /// <param name="target">The target as it was posted.</param>
    /// <param name="text">All that is sent back, without the time.</param>
    /// <param name="at">Where in it the time belongs.</param>
    internal ChpRouteData(string target, byte[] text, int at)
    {
        Target = target;
        this.text = text;
        this.at = at;
    }

    /// <summary>The target as it was posted.</summary>
    public string Target { get; }

    /// <summary>Length of what <see cref="Write(Span{byte}, DateTimeOffset)"/> writes.</summary>
    public int Length => text.Length + JavaScriptDate.Length;

    public void Write(IBufferWriter<byte> output, DateTimeOffset lastActivity)
    {
        Write(output.GetSpan(Length), lastActivity);
        output.Advance(Length);
    }

    public void Write(Span<byte> output, DateTimeOffset lastActivity)
    {
        text.AsSpan(0, at).CopyTo(output);
        JavaScriptDate.Format(lastActivity, output[at..]);
        text.AsSpan(at).CopyTo(output[(at + JavaScriptDate.Length)..]);
    }

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
