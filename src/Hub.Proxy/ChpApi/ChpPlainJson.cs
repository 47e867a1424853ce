using System.Buffers;
using System.Text;
using System.Text.Json;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>
/// Reads the bodies that hubs post, in one go and without keeping anything but the result: members of plain ASCII, each once, with texts,
/// small whole numbers or truth values. For all others there is <see cref="ChpJson"/>, which gives the same for these.
/// </summary>
internal static class ChpPlainJson
{
    // A body without what JavaScript leaves out, and with what is added.
    private const int LongestBody = 400;
    private const int LongestText = LongestBody + 64;
    private const int MostMembers = 16;
    private const int MostDigits = 9;

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = ChpJson.Strict.MaxDepth };

    private static ReadOnlySpan<byte> Before => ",\"last_activity\":\""u8;

    private static ReadOnlySpan<byte> After => "\"}"u8;

    /// <summary>Null for a body that is not as plain as that, or no JSON.</summary>
    public static ChpRouteData? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length > LongestBody)
        {
            return null;
        }

        var reader = new Utf8JsonReader(body, Strict);
        Span<byte> text = stackalloc byte[LongestText];
        Span<Range> names = stackalloc Range[MostMembers];
        try
        {
            return Read(ref reader, text, names);
        }
        catch (JsonException)
        {
            // Whoever reads it next says what is wrong with it.
            return null;
        }
    }

    private static ChpRouteData? Read(ref Utf8JsonReader reader, scoped Span<byte> text, scoped Span<Range> names)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        string? target = null;
        var length = 0;
        var count = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (count == names.Length || !TryAddName(ref reader, text, ref length, names, ref count))
            {
                return null;
            }

            var isTarget = reader.ValueTextEquals("target"u8);
            reader.Read();
            if (isTarget && reader.TokenType == JsonTokenType.String && IsPlain(ref reader))
            {
                target = Encoding.ASCII.GetString(reader.ValueSpan);
            }

            if (!TryAddValue(ref reader, text, ref length))
            {
                return null;
            }
        }

        // Behind the object nothing but white space: anything else throws.
        return target is null || reader.Read() ? null : Complete(target, text, length);
    }

    private static ChpRouteData Complete(string target, Span<byte> text, int length)
    {
        Add(text, ref length, Before);
        var at = length;
        Add(text, ref length, After);
        return new ChpRouteData(RouteTargets.Read(target), text[..length].ToArray(), at);
    }

    private static bool TryAddName(ref Utf8JsonReader reader, scoped Span<byte> text, ref int length, scoped Span<Range> names, ref int count)
    {
        var name = reader.ValueSpan;

        // Names that are numbers have an order of their own, and the time of the last activity has its place where it was named first.
        if (!IsPlain(ref reader) || name.IsEmpty || name[0] is >= (byte)'0' and <= (byte)'9' || name.SequenceEqual("last_activity"u8))
        {
            return false;
        }

        foreach (var known in names[..count])
        {
            if (name.SequenceEqual(text[known]))
            {
                return false;
            }
        }

        Add(text, ref length, count == 0 ? "{\""u8 : ",\""u8);
        names[count++] = new Range(length, length + name.Length);
        Add(text, ref length, name);
        Add(text, ref length, "\":"u8);
        return true;
    }

    private static bool TryAddValue(ref Utf8JsonReader reader, scoped Span<byte> text, ref int length)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when IsPlain(ref reader):
                Add(text, ref length, "\""u8);
                Add(text, ref length, reader.ValueSpan);
                Add(text, ref length, "\""u8);
                return true;
            case JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null:
            case JsonTokenType.Number when reader.ValueSpan.Length <= MostDigits && !reader.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9'):
                Add(text, ref length, reader.ValueSpan);
                return true;
            default:
                return false;
        }
    }

    private static bool IsPlain(ref Utf8JsonReader reader) => !reader.ValueIsEscaped && !reader.ValueSpan.ContainsAnyExceptInRange((byte)' ', (byte)'~');

    private static void Add(Span<byte> text, ref int length, ReadOnlySpan<byte> more)
    {
        more.CopyTo(text[length..]);
        length += more.Length;
    }
}
