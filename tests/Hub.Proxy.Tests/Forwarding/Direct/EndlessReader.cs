using System.Buffers;
using System.IO.Pipelines;

namespace JupyterHub.Proxy.Tests.Forwarding.Direct;

/// <summary>A request's body that always has more, at once.</summary>
internal sealed class EndlessReader(Action<int> reading) : PipeReader
{
    private readonly ReadOnlySequence<byte> piece = new(new byte[1024]);
    private int count;

    public override void AdvanceTo(SequencePosition consumed)
    {
    }

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
    }

    public override void CancelPendingRead()
    {
    }

    public override void Complete(Exception? exception = null)
    {
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        reading(++count);
        return new ValueTask<ReadResult>(new ReadResult(piece, isCanceled: false, isCompleted: false));
    }

    public override bool TryRead(out ReadResult result)
    {
        result = default;
        return false;
    }
}
