using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace JupyterHub.Core.Addressing;

/// <summary>Decodes one path segment, once and strictly: complete escapes, well-formed UTF-8, no null; <c>+</c> is literal.</summary>
internal static class PercentDecoding
{
    private const int OnStack = 512;

    /// <summary>The decoded text, or the error when the answer is null. The segment has to be ASCII.</summary>
    public static string? Decode(ReadOnlySpan<char> segment, out RequestTargetError error)
    {
        byte[]? rented = null;
        Span<byte> bytes = segment.Length <= OnStack
            ? stackalloc byte[OnStack]
            : rented = ArrayPool<byte>.Shared.Rent(segment.Length);
        try
        {
            error = ToBytes(segment, bytes, out var length);
            return error == RequestTargetError.None ? Encoding.UTF8.GetString(bytes[..length]) : null;
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static RequestTargetError ToBytes(ReadOnlySpan<char> segment, Span<byte> bytes, out int length)
    {
        length = 0;
        for (var index = 0; index < segment.Length; index++)
        {
            var value = (int)segment[index];
            if (value == '%')
            {
                value = index + 2 < segment.Length ? Hex(segment[index + 1]) << 4 | Hex(segment[index + 2]) : -1;
                index += 2;
            }

            if (value is <= 0 or > byte.MaxValue)
            {
                return value < 0 ? RequestTargetError.InvalidEscape
                    : value == 0 ? RequestTargetError.Null
                    : RequestTargetError.UnescapedCharacter;
            }

            bytes[length++] = (byte)value;
        }

        return Utf8.IsValid(bytes[..length]) ? RequestTargetError.None : RequestTargetError.InvalidUtf8;
    }

    // -1 for anything else; it stays negative when shifted and combined.
    private static int Hex(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'f' => digit - 'a' + 10,
        >= 'A' and <= 'F' => digit - 'A' + 10,
        _ => -1,
    };
}
