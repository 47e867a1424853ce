using System.Threading.Channels;
using JupyterHub.Core.Data;

namespace JupyterHub.Sqlite;

/// <summary>Runs writes one after the other, in the order in which they were asked for; those that wait together are committed together.</summary>
/// <remarks>SQLite has one writer at a time. A queue keeps the order and lets waiting be cancelled; its lock, tried by many at once, does neither.</remarks>
internal sealed class WriteQueue : IAsyncDisposable
{
    private static readonly AsyncLocal<Turn?> CurrentTurn = new();

    private readonly Channel<IQueuedWrite> waiting = Channel.CreateUnbounded<IQueuedWrite>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Func<IQueuedWrite, Func<IQueuedWrite?>, Task> commit;
    private readonly Task pump;
    private Turn? turn;

    /// <param name="commit">Runs a write, and further ones as long as it likes to ask for them, and commits them. It does not fail.</param>
    public WriteQueue(Func<IQueuedWrite, Func<IQueuedWrite?>, Task> commit)
    {
        this.commit = commit;
        pump = Task.Run(PumpAsync);
    }

    public Task<T> RunAsync<T>(Func<HubDbContext, CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        if (CurrentTurn.Value is { IsOver: false } running && running.Queue == this)
        {
            throw new InvalidOperationException("A write asked for another write: it would wait for itself. Use the context that the write was given.");
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var queued = new QueuedWrite<T>(write, cancellationToken);
        ObjectDisposedException.ThrowIf(!waiting.Writer.TryWrite(queued), this);
        return queued.Completion;
    }

    /// <summary>Takes no more writes and completes when those that wait are done.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await pump;
    }

    private async Task PumpAsync()
    {
        while (await waiting.Reader.WaitToReadAsync())
        {
            while (Next() is { } write)
            {
                await commit(write, Next);
                EndTurn();
            }
        }
    }

    private IQueuedWrite? Next()
    {
        while (waiting.Reader.TryRead(out var write))
        {
            if (write.TryStart())
            {
                EndTurn();
                CurrentTurn.Value = turn = new Turn(this);
                return write;
            }
        }

        return null;
    }

    private void EndTurn()
    {
        if (turn is { } ended)
        {
            ended.IsOver = true;
        }
    }

    /// <summary>Marks what runs inside a write; what a write started and left running may write again later.</summary>
    private sealed class Turn(WriteQueue queue)
    {
        private volatile bool isOver;

        public WriteQueue Queue { get; } = queue;

        public bool IsOver
        {
            get => isOver;
            set => isOver = value;
        }
    }
}
