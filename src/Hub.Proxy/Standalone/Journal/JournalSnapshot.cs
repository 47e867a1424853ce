using System.Buffers;
using JupyterHub.Proxy.ChpApi;

namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>Writes a journal that says what is so, and nothing of how it came about.</summary>
internal static class JournalSnapshot
{
    private const int Piece = 64 * 1024;

    private static readonly byte[] EndRecord = MakeEnd();

    /// <summary>The record of an end in order.</summary>
    public static ReadOnlySpan<byte> End => EndRecord;

    public static void Write(JournalFile file, JournalCircumstances circumstances, IEnumerable<ChpRoute> routes)
    {
        var bytes = new ArrayBufferWriter<byte>(Piece);
        JournalFormat.WriteHeader(bytes);
        JournalFormat.Write(bytes, JournalOperation.Start, circumstances.ToBytes());
        foreach (var route in routes)
        {
            // The command line says it again.
            if (route.IsDefault)
            {
                continue;
            }

            JournalFormat.WriteSet(bytes, route);
            if (bytes.WrittenCount > Piece)
            {
                file.Append(bytes.WrittenSpan);
                bytes.ResetWrittenCount();
            }
        }

        file.Append(bytes.WrittenSpan);
    }

    private static byte[] MakeEnd()
    {
        var bytes = new ArrayBufferWriter<byte>();
        JournalFormat.Write(bytes, JournalOperation.End, []);
        return bytes.WrittenSpan.ToArray();
    }
}
