using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>Writes JSON the way JavaScript does, byte for byte: what clients of the original have always read.</summary>
internal static class JsonText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        Enumerable.Range(0x20, 0x7F - 0x20).Select(value => (char)value).Where(value => value is not ('"' or '\\')).ToArray());

    public static void WriteString(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        output.Write("\""u8);
        if (!text.ContainsAnyExcept(Plain))
        {
            Encoding.ASCII.GetBytes(text, output);
        }
        else
        {
            foreach (var rune in text.EnumerateRunes())
            {
                WriteRune(output, rune);
            }
        }

        output.Write("\""u8);
    }

    /// <summary>A number as JavaScript prints it: the shortest digits that read back the same.</summary>
    public static void WriteNumber(IBufferWriter<byte> output, double value)
    {
        if (!double.IsFinite(value))
        {
            output.Write("null"u8);
            return;
        }

        Encoding.ASCII.GetBytes(Number(value), output);
    }

    private static void WriteRune(IBufferWriter<byte> output, Rune rune)
    {
        switch (rune.Value)
        {
            case '"': output.Write("\\\""u8); break;
            case '\\': output.Write("\\\\"u8); break;
            case '\b': output.Write("\\b"u8); break;
            case '\f': output.Write("\\f"u8); break;
            case '\n': output.Write("\\n"u8); break;
            case '\r': output.Write("\\r"u8); break;
            case '\t': output.Write("\\t"u8); break;
            case < 0x20:
                Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"), output);
                break;
            default:
                var span = output.GetSpan(4);
                output.Advance(rune.EncodeToUtf8(span));
                break;
        }
    }

    // ECMA-262, Number::toString: plain digits between 1e-7 and 1e21, an exponent beyond.
    private static string Number(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var scientific = Math.Abs(value).ToString("E16", CultureInfo.InvariantCulture);
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = shortest.IndexOf('E', StringComparison.Ordinal);
        var mantissa = exponentAt < 0 ? shortest : shortest[..exponentAt];
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        var exponent = Exponent(scientific, shortest, exponentAt) + 1;
        return (value < 0 ? "-" : "") + Layout(digits, exponent);
    }

    // Of the first digit. Rounding to 17 digits never carries into it unless the shortest form does as well.
    private static int Exponent(string scientific, string shortest, int exponentAt) =>
        int.Parse(exponentAt < 0 ? scientific[(scientific.IndexOf('E', StringComparison.Ordinal) + 1)..] : shortest[(exponentAt + 1)..], CultureInfo.InvariantCulture);

    private static string Layout(string digits, int point)
    {
        if (point is > 0 and <= 21)
        {
            return digits.Length <= point ? digits.PadRight(point, '0') : $"{digits[..point]}.{digits[point..]}";
        }

        if (point is > -6 and <= 0)
        {
            return $"0.{new string('0', -point)}{digits}";
        }

        var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(point > 0 ? "+" : "-")}{Math.Abs(point - 1)}");
    }
}
