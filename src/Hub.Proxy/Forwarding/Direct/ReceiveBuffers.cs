using System.Buffers;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>
/// The memory that answers are received into. Small buffers come from the pool that everybody shares, which keeps what it ever held;
/// large ones, of which a burst of downloads needs hundreds, from one that keeps a few of each size and leaves the rest to the collector.
/// </summary>
internal static class ReceiveBuffers
{
    /// <summary>What each request begins with.</summary>
    public const int Small = 4 * 1024;

    private const int Largest = 64 * 1024;
    private const int MostKept = 32;

    private static readonly ArrayPool<byte> Large = ArrayPool<byte>.Create(Largest, MostKept);

    public static byte[] Rent(int size) => PoolOf(size).Rent(size);

    public static void Return(byte[] buffer) => PoolOf(buffer.Length).Return(buffer);

    private static ArrayPool<byte> PoolOf(int size) => size <= Small ? ArrayPool<byte>.Shared : Large;
}
