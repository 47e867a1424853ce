using System.Buffers;
using JupyterHub.Proxy.ChpApi;
using JupyterHub.Proxy.Standalone.Journal;

namespace JupyterHub.Proxy.Tests.Standalone;

public class JournalQueueTests
{
    [Fact]
    public void What_is_noted_while_a_journal_is_rewritten_is_behind_the_snapshot_whatever_becomes_of_the_old_file()
    {
        Assert.True(ChpPath.TryCreate("/user/ada", hostRouting: false, out var path, out _));
        var queue = new JournalQueue();
        Assert.Null(queue.Remove(path));
        var tail = new ArrayBufferWriter<byte>();
        queue.BeginSnapshot(tail);
        var first = queue.Remove(path);

        // Written to the old file, or failed to be: the new one needs it either way.
        var (bytes, taken) = queue.Take();
        Assert.Same(first, taken);
        Assert.Equal(bytes.WrittenCount, tail.WrittenCount);
        var one = bytes.WrittenCount;
        bytes.ResetWrittenCount();
        var second = queue.Remove(path);
        Assert.Equal(2 * one, tail.WrittenCount);
        Assert.Same(second, queue.Turn(isEnd: false).Batch);
        Assert.False(queue.HasAny);

        // From here on it is the new file's.
        Assert.NotNull(queue.Remove(path));
        Assert.Equal((2 * one, one), (tail.WrittenCount, queue.Take().Bytes.WrittenCount));
    }
}
