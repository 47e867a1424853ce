using System.Buffers.Text;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>Reads the framing of a chunked body (RFC 9112, 7.1), strictly: lines end with CRLF and with nothing else.</summary>
internal struct ChunkedBody
{
    /// <summary>Longest line with a chunk's size and its extensions, which nobody uses.</summary>
    public const int LongestLine = 1024;

    private const int MostDigits = 15;

    private long left;
    private bool hasData;
    private bool isLast;
    private int scanned;

    /// <summary>Tells what comes next. The caller takes <see cref="ChunkPiece.Skip"/> and <see cref="ChunkPiece.Length"/> bytes off before it asks again.</summary>
    /// <exception cref="UpstreamProtocolException">It is no chunk.</exception>
    public ChunkPiece Next(ReadOnlySpan<byte> bytes)
    {
        var skip = 0;
        if (left == 0 && !isLast && !TryBegin(bytes, out skip))
        {
            return new ChunkPiece(skip, 0, false);
        }

        bytes = bytes[skip..];
        if (isLast)
        {
            return new ChunkPiece(skip, TrailerLength(bytes), true);
        }

        var length = (int)Math.Min(left, bytes.Length);
        left -= length;
        return new ChunkPiece(skip, length, false);
    }

    // The end of the chunk before belongs to the line that begins the next one.
    private bool TryBegin(ReadOnlySpan<byte> bytes, out int skip)
    {
        skip = 0;
        var line = bytes;
        if (hasData)
        {
            if (bytes.Length < 2)
            {
                return bytes is [] or [(byte)'\r'] ? false : throw new UpstreamProtocolException("A chunk is longer than announced.");
            }

            if (!bytes.StartsWith("\r\n"u8))
            {
                throw new UpstreamProtocolException("A chunk is longer than announced.");
            }

            skip = 2;
            line = bytes[2..];
            hasData = false;
        }

        var end = line.IndexOf((byte)'\n');
        if (end < 0)
        {
            return line.Length < LongestLine ? false : throw new UpstreamProtocolException("The line of a chunk's size is too long.");
        }

        skip += end + 1;
        left = SizeOf(line[..end]);
        hasData = true;
        isLast = left == 0;
        return true;
    }

    private static long SizeOf(ReadOnlySpan<byte> line)
    {
        if (line.Length > LongestLine
            || line is not [.., (byte)'\r']
            || !Utf8Parser.TryParse(line, out long size, out var digits, 'x')
            || digits > MostDigits
            || size < 0
            || line[digits] is not ((byte)';' or (byte)'\r')
            || line[..^1].ContainsAnyInRange((byte)0x0A, (byte)0x1F)
            || line[..^1].ContainsAnyInRange((byte)0x00, (byte)0x08))
        {
            throw new UpstreamProtocolException("A chunk has no valid size.");
        }

        return size;
    }

    private int TrailerLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [(byte)'\r', (byte)'\n', ..])
        {
            return 2;
        }

        return bytes is [(byte)'\n', ..] ? throw new UpstreamProtocolException("A chunk has no valid end.") : HeadEnd.Find(bytes, ref scanned);
    }
}
