using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace JupyterHub.Rbac.Filters;

/// <summary>A short hash for names, keyed per process, so that nobody outside can aim names at one slot. Cheaper than the runtime's own for names of usual length.</summary>
internal static class NameHash
{
    private static readonly ulong Seed = RandomKey();
    private static readonly ulong Whitening = RandomKey();
    private static readonly ulong Multiplier = RandomKey() | 1;

    public static int Of(ReadOnlySpan<char> name)
    {
        var bytes = MemoryMarshal.AsBytes(name);
        var hash = Seed ^ (ulong)bytes.Length;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        ulong rest = 0;
        for (var i = bytes.Length - sizeof(char); i >= 0; i -= sizeof(char))
        {
            rest = rest << 16 | MemoryMarshal.Read<ushort>(bytes[i..]);
        }

        hash = Mix(hash ^ rest);
        return (int)(hash ^ hash >> 32);
    }

    /// <summary>The hash of a server from those of owner and name.</summary>
    public static int Of(int owner, ReadOnlySpan<char> server) => (int)Mix(Seed ^ (uint)owner ^ (ulong)(uint)Of(server) << 32);

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value ^ Whitening, Multiplier, out var low);
        return high ^ low;
    }

    private static ulong RandomKey() => BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
