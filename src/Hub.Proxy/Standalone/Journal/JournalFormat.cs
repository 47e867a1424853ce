using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using JupyterHub.Proxy.ChpApi;

namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>
/// How a journal is laid out. A header (magic, version), then records: length of the payload and CRC-32C of length and
/// payload, four bytes each, then the payload, whose first byte says what it is. Numbers are little-endian.
/// </summary>
internal static class JournalFormat
{
    public const int Version = 1;
    public const int HeaderLength = 12;
    public const int FrameLength = 8;

    /// <summary>Most bytes of a payload: a body of the API, written out, has less.</summary>
    public const int LongestPayload = 1024 * 1024;

    private const int SetHeadLength = 1 + 8 + 4;

    public static ReadOnlySpan<byte> Magic => "HUBROUTE"u8;

    public static void WriteHeader(IBufferWriter<byte> output)
    {
        var span = output.GetSpan(HeaderLength);
        Magic.CopyTo(span);
        BinaryPrimitives.WriteInt32LittleEndian(span[Magic.Length..], Version);
        output.Advance(HeaderLength);
    }

    /// <summary>Length of what <see cref="WriteSet"/> writes.</summary>
    public static int LengthOf(ChpRoute route) => FrameLength + SetHeadLength + Encoding.UTF8.GetByteCount(route.Text) + route.Data.Length;

    /// <summary>A route, with its last activity.</summary>
    public static void WriteSet(IBufferWriter<byte> output, ChpRoute route)
    {
        var path = route.Text;
        var pathLength = Encoding.UTF8.GetByteCount(path);
        var length = SetHeadLength + pathLength + route.Data.Length;
        var span = output.GetSpan(FrameLength + length);
        var payload = span.Slice(FrameLength, length);
        payload[0] = (byte)JournalOperation.Set;
        BinaryPrimitives.WriteInt64LittleEndian(payload[1..], route.Activity.Last.UtcTicks);
        BinaryPrimitives.WriteInt32LittleEndian(payload[9..], pathLength);
        Encoding.UTF8.GetBytes(path, payload[SetHeadLength..]);
        route.Data.Write(payload[(SetHeadLength + pathLength)..], route.Activity.Last);
        Seal(span, length);
        output.Advance(FrameLength + length);
    }

    public static void WriteRemove(IBufferWriter<byte> output, string path) =>
        Write(output, JournalOperation.Remove, Encoding.UTF8.GetBytes(path));

    /// <summary>A record of an operation with these details.</summary>
    public static void Write(IBufferWriter<byte> output, JournalOperation operation, ReadOnlySpan<byte> details)
    {
        var length = 1 + details.Length;
        var span = output.GetSpan(FrameLength + length);
        span[FrameLength] = (byte)operation;
        details.CopyTo(span[(FrameLength + 1)..]);
        Seal(span, length);
        output.Advance(FrameLength + length);
    }

    /// <summary>Takes apart the payload of <see cref="WriteSet"/>; null when it is none.</summary>
    public static (DateTimeOffset LastActivity, string Path, ReadOnlyMemory<byte> Data)? ReadSet(ReadOnlyMemory<byte> payload)
    {
        if (payload.Length < SetHeadLength)
        {
            return null;
        }

        var ticks = BinaryPrimitives.ReadInt64LittleEndian(payload.Span[1..]);
        var pathLength = BinaryPrimitives.ReadInt32LittleEndian(payload.Span[9..]);
        if (pathLength < 0 || pathLength > payload.Length - SetHeadLength || ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            return null;
        }

        var path = Encoding.UTF8.GetString(payload.Span.Slice(SetHeadLength, pathLength));
        return (new DateTimeOffset(ticks, TimeSpan.Zero), path, payload[(SetHeadLength + pathLength)..]);
    }

    public static uint Checksum(int length, ReadOnlySpan<byte> payload)
    {
        var sum = BitOperations.Crc32C(uint.MaxValue, (uint)length);
        for (; payload.Length >= 8; payload = payload[8..])
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(payload));
        }

        foreach (var value in payload)
        {
            sum = BitOperations.Crc32C(sum, value);
        }

        return ~sum;
    }

    private static void Seal(Span<byte> record, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record, length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Checksum(length, record.Slice(FrameLength, length)));
    }
}
