using System.Buffers.Binary;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>Reads the records of a journal, one after another, as far as they are whole.</summary>
internal sealed class JournalReader(Stream file, string path)
{
    private readonly byte[] frame = new byte[JournalFormat.FrameLength];
    private byte[] payload = new byte[4096];

    /// <summary>Bytes up to the end of the last whole record.</summary>
    public long WholeLength { get; private set; }

    /// <summary>Reads the header; false when there is nothing behind it, because writing it was cut off.</summary>
    /// <exception cref="HubStartupException">It is no journal, or one of another version.</exception>
    public bool TryReadHeader()
    {
        Span<byte> header = stackalloc byte[JournalFormat.HeaderLength];
        var read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        var magic = JournalFormat.Magic;
        var known = Math.Min(read, magic.Length);
        if (!header[..known].SequenceEqual(magic[..known]))
        {
            throw new HubStartupException($"{path} is no journal of routes; name another file with --journal.");
        }

        if (read < header.Length)
        {
            return false;
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(header[magic.Length..]);
        if (version != JournalFormat.Version)
        {
            throw new HubStartupException(
                $"{path} has version {version} of the journal's format, this proxy knows {JournalFormat.Version}: move the file away, or name another with --journal.");
        }

        WholeLength = JournalFormat.HeaderLength;
        return true;
    }

    /// <summary>The next record, valid until the one after it is read; null at the end, or where the rest cannot be relied on.</summary>
    public ReadOnlyMemory<byte>? Next()
    {
        if (file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) < frame.Length)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(frame);
        if (length is < 1 or > JournalFormat.LongestPayload)
        {
            return null;
        }

        if (payload.Length < length)
        {
            payload = new byte[length];
        }

        var record = payload.AsMemory(0, length);
        if (file.ReadAtLeast(record.Span, length, throwOnEndOfStream: false) < length
            || JournalFormat.Checksum(length, record.Span) != BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(4)))
        {
            return null;
        }

        WholeLength += frame.Length + length;
        return record;
    }
}
