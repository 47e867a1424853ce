using System.Buffers;
using JupyterHub.Proxy.Standalone.Journal;

namespace JupyterHub.Proxy.Tests.Standalone;

/// <summary>Changes what a journal says.</summary>
internal static class JournalBytes
{
    /// <summary>A journal as it would be if it came from before the machine was started.</summary>
    public static byte[] WithOtherBoot(byte[] journal, string boot)
    {
        var output = new ArrayBufferWriter<byte>();
        JournalFormat.WriteHeader(output);
        using var stream = new MemoryStream(journal);
        var reader = new JournalReader(stream, "journal");
        Assert.True(reader.TryReadHeader());
        while (reader.Next() is { } record)
        {
            var operation = (JournalOperation)record.Span[0];
            var isStart = operation == JournalOperation.Start;
            Assert.True(!isStart || JournalCircumstances.Read(record.Span[1..])!.Boot == boot);
            JournalFormat.Write(output, operation, isStart ? new JournalCircumstances("another", null).ToBytes() : record.Span[1..]);
        }

        return output.WrittenSpan.ToArray();
    }
}
