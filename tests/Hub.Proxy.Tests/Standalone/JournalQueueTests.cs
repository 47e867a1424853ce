using System.Buffers;
using System.Text;
using JupyterHub.Proxy.ChpApi;
using JupyterHub.Proxy.Standalone.Journal;

namespace JupyterHub.Proxy.Tests.Standalone;

public class JournalQueueTests
{
    [Fact]
    public void What_is_noted_while_a_journal_is_rewritten_is_behind_the_snapshot_whatever_becomes_of_the_old_file()
    {
        var ada = Route("http://127.0.0.1:1");
        var queue = new JournalQueue();
        Assert.Null(queue.Remove(ada));
        var tail = new ArrayBufferWriter<byte>();
        queue.BeginSnapshot(tail);
        var first = queue.Remove(ada);

        // Written to the old file, or failed to be: the new one needs it either way.
        var (bytes, taken) = queue.Take();
        Assert.Same(first, taken);
        Assert.Equal(bytes.WrittenCount, tail.WrittenCount);
        var one = bytes.WrittenCount;
        bytes.ResetWrittenCount();
        var second = queue.Remove(ada);
        Assert.Equal(2 * one, tail.WrittenCount);
        Assert.Same(second, queue.Turn(isEnd: false).Batch);
        Assert.False(queue.HasAny);

        // From here on it is the new file's.
        Assert.NotNull(queue.Remove(ada));
        Assert.Equal((2 * one, one), (tail.WrittenCount, queue.Take().Bytes.WrittenCount));
    }

    [Fact]
    public void Who_changes_nothing_waits_for_the_change_before()
    {
        var ada = Route("http://127.0.0.1:1");
        var queue = new JournalQueue();
        Assert.Null(queue.Latest());
        queue.BeginSnapshot(new ArrayBufferWriter<byte>());
        Assert.True(queue.Latest()!.IsWritten);

        // Noted, taken to be written, written.
        var noted = queue.Remove(ada);
        Assert.Same(noted, queue.Latest());
        var (bytes, _) = queue.Take();
        Assert.Same(noted, queue.Latest());
        bytes.ResetWrittenCount();
        Assert.False(queue.Latest()!.IsWritten);
        noted!.Complete();
        Assert.True(queue.Latest()!.IsWritten);

        // What waits in the tail of a snapshot is written by whoever rewrites.
        var turned = queue.Remove(ada);
        Assert.Same(turned, queue.Turn(isEnd: false).Batch);
        Assert.Same(turned, queue.Latest());
    }

    [Fact]
    public void It_knows_how_much_room_the_routes_need_that_there_are()
    {
        var queue = new JournalQueue();
        var (one, other, byDefault) = (Route("http://127.0.0.1:1"), Route("http://127.0.0.1:12345"), Route("http://127.0.0.1:1", isDefault: true));
        queue.Set(byDefault, before: null);
        Assert.Equal(0, queue.Needed);
        queue.BeginSnapshot(new ArrayBufferWriter<byte>());
        queue.Set(one, byDefault);
        Assert.Equal(queue.Take().Bytes.WrittenCount, queue.Needed);

        // In place of the one before.
        queue.Set(other, one);
        Assert.Equal(JournalFormat.LengthOf(one) + "2345".Length, queue.Needed);
        queue.Remove(other);
        Assert.Equal(0, queue.Needed);
    }

    private static ChpRoute Route(string target, bool isDefault = false)
    {
        Assert.True(ChpPath.TryCreate("/user/ada", hostRouting: false, out var path, out _));
        var data = ChpRouteData.Read(Encoding.UTF8.GetBytes($$"""{"target":"{{target}}"}"""), host: null);
        return new ChpRoute(path, data, TimeProvider.System, before: null, order: 1, isDefault);
    }
}
