using System.Runtime.CompilerServices;

namespace JupyterHub.Core.Servers;

/// <summary>The events of one start: any number of listeners may join at any time; each sees all events that are kept, in order, to the final one.</summary>
internal sealed class ProgressLog
{
    /// <summary>A spawner that talks without end costs no more memory than this; the oldest events go first.</summary>
    public const int Capacity = 256;

    private const int MaxMessageLength = 2000;

    private readonly Lock gate = new();
    private readonly Queue<ProgressEvent> events = new();
    private TaskCompletionSource changed = NewSignal();
    private long forgotten;
    private bool complete;

    public ProgressLog() => events.Enqueue(ProgressEvent.Requested);

    public bool IsComplete
    {
        get
        {
            lock (gate)
            {
                return complete;
            }
        }
    }

    /// <summary>What is kept so far.</summary>
    public IReadOnlyList<ProgressEvent> Events
    {
        get
        {
            lock (gate)
            {
                return [.. events];
            }
        }
    }

    /// <summary>Adds what a spawner reports. Nothing is added after the final event.</summary>
    public void Report(string message, int percent) =>
        Add(new ProgressEvent { Percent = Math.Clamp(percent, 0, 99), Message = OneLine(message) });

    /// <summary>Adds the final event.</summary>
    public void Complete(ProgressEvent final) => Add(final);

    public async IAsyncEnumerable<ProgressEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long position = 0;
        while (true)
        {
            var (batch, next, ended, wait) = Take(position);
            foreach (var item in batch)
            {
                yield return item;
            }

            if (ended)
            {
                yield break;
            }

            position = next;
            await wait.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string OneLine(string message)
    {
        var length = Math.Min(message.Length, MaxMessageLength);
        return string.Create(length, message, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = char.IsControl(source[i]) ? ' ' : source[i];
            }
        });
    }

    private void Add(ProgressEvent item)
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            if (complete)
            {
                return;
            }

            if (events.Count == Capacity)
            {
                events.Dequeue();
                forgotten++;
            }

            events.Enqueue(item);
            complete = item.IsFinal;
            signal = changed;
            changed = NewSignal();
        }

        signal.TrySetResult();
    }

    private (ProgressEvent[] Batch, long Next, bool Ended, Task Wait) Take(long position)
    {
        lock (gate)
        {
            var batch = events.Skip((int)Math.Max(0, position - forgotten)).ToArray();
            return (batch, forgotten + events.Count, complete, changed.Task);
        }
    }
}
