using System.Buffers;
using System.Text.Json;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>
/// What a client posted about a route, ready to be sent back: the JSON text before and after the one value that moves,
/// the time of the last activity.
/// </summary>
internal sealed class ChpRouteData
{
    public const string LastActivityName = "last_activity";

    private readonly byte[] before;
    private readonly byte[] after;

    internal ChpRouteData(string target, byte[] before, byte[] after)
    {
        Target = target;
        this.before = before;
        this.after = after;
    }

    /// <summary>The target as it was posted.</summary>
    public string Target { get; }

    /// <summary>Length of what <see cref="Write(Span{byte}, DateTimeOffset)"/> writes.</summary>
    public int Length => before.Length + JavaScriptDate.Length + after.Length;

    public void Write(IBufferWriter<byte> output, DateTimeOffset lastActivity)
    {
        Write(output.GetSpan(Length), lastActivity);
        output.Advance(Length);
    }

    public void Write(Span<byte> output, DateTimeOffset lastActivity)
    {
        before.CopyTo(output);
        JavaScriptDate.Format(lastActivity, output[before.Length..]);
        after.CopyTo(output[(before.Length + JavaScriptDate.Length)..]);
    }

    /// <summary>Reads a body.</summary>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="host">The route's host, which goes among the data; null without host routing.</param>
    /// <exception cref="ChpApiException">It is no JSON, or names no target.</exception>
    public static ChpRouteData Read(ReadOnlyMemory<byte> body, string? host)
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
