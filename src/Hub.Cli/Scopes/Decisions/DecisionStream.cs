using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using JupyterHub.Cli.Scopes.Worlds;

namespace JupyterHub.Cli.Scopes.Decisions;

/// <summary>Answers lines of worlds with their cases, one line each, as they come.</summary>
internal sealed class DecisionStream(Stream input, Stream output, int longestLine = DecisionStream.LongestLine)
{
    /// <summary>Bytes of a line; ten thousand users with as many cases need a quarter of it.</summary>
    public const int LongestLine = 16 * 1024 * 1024;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly BoundedLines lines = new(input, longestLine);
    private readonly ArrayBufferWriter<byte> answer = new();

    /// <summary>Answers everything; false if a line was malformed.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var wellFormed = true;
        while (await lines.MoveNextAsync(cancellationToken))
        {
            wellFormed &= Answer();
            answer.Write("\n"u8);
            await output.WriteAsync(answer.WrittenMemory, cancellationToken);
        }

        await output.FlushAsync(cancellationToken);
        return wellFormed;
    }

    private bool Answer()
    {
        try
        {
            AnswerLine();
            return true;
        }
        catch (JsonException exception)
        {
            Refuse($"The line {JsonShape.Explain(exception)}");
        }
        catch (InvalidOperationException)
        {
            // Bytes or escapes that are no text: the parser meets them only when a name is asked for.
            Refuse("The line holds a text that is no valid Unicode.");
        }
        catch (ScopesRefusedException exception)
        {
            Refuse(exception.Message);
        }

        return false;
    }

    private void AnswerLine()
    {
        answer.ResetWrittenCount();
        if (lines.IsTooLong)
        {
            throw new ScopesRefusedException($"The line is longer than {longestLine} bytes.");
        }

        using var document = JsonDocument.Parse(lines.Current, JsonShape.Strict);
        JsonShape.RequireObject(document.RootElement, "The line", "world", "cases");
        var world = RecordedWorld.Read(JsonShape.Get(document.RootElement, "world", "The line"));
        var cases = JsonShape.Get(document.RootElement, "cases", "The line");
        if (cases.ValueKind != JsonValueKind.Array)
        {
            throw new ScopesRefusedException("cases must be a list.");
        }

        using var writer = new Utf8JsonWriter(answer, Readable);
        writer.WriteStartObject();
        writer.WriteStartArray("answers");
        var index = 0;
        foreach (var question in cases.EnumerateArray())
        {
            new Question(question, $"cases[{index++}]").Answer(world, writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // A half-written answer is thrown away: nobody should take it for one.
    private void Refuse(string reason)
    {
        answer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(answer, Readable);
        writer.WriteStartObject();
        writer.WriteString("error", reason);
        writer.WriteEndObject();
    }
}
