using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using JupyterHub.Core.Data;

namespace JupyterHub.Core.Events;

/// <summary>
/// The newest events of this process, for people who watch. A ring of fixed size: nobody who watches slowly, and nobody who does not watch,
/// makes it grow; who is too slow misses the oldest. It keeps names and the hub's own words, never what somebody said or a secret.
/// </summary>
internal sealed class HubEvents(TimeProvider time)
{
    /// <summary>Events that are kept.</summary>
    public const int Kept = 500;

    /// <summary>Who can watch at the same time.</summary>
    public const int MostWatchers = 64;

    private const int LongestName = 255;

    private readonly Lock gate = new();
    private readonly Queue<HubEvent> ring = new(Kept);
    private TaskCompletionSource arrived = NewSignal();
    private long last;
    private int watchers;

    /// <summary>Differs for each process, whose numbers mean nothing to another.</summary>
    public string Run { get; } = RandomNumberGenerator.GetHexString(8, lowercase: true);

    public void Add(HubEventKind kind, string name, string? serverName = null, string? detail = null)
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            if (ring.Count == Kept)
            {
                ring.Dequeue();
            }

            ring.Enqueue(new HubEvent(++last, time.GetHubTime(), kind, Bound(name)!) { ServerName = Bound(serverName), Detail = Bound(detail) });
            (signal, arrived) = (arrived, NewSignal());
        }

        signal.SetResult();
    }

    /// <summary>What is kept and came after the event of that number, oldest first.</summary>
    public IReadOnlyList<HubEvent> After(long id) => Look(id).Events;

    /// <summary>What is kept after the event of that number, and then what comes, until cancelled.</summary>
    public async IAsyncEnumerable<HubEvent> WatchAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var (events, next) = Look(after);
            foreach (var happened in events)
            {
                after = happened.Id;
                yield return happened;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Takes a watcher's place; false if all are taken. Who got one gives it back by <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        lock (gate)
        {
            if (watchers == MostWatchers)
            {
                return false;
            }

            watchers++;
            return true;
        }
    }

    public void Leave()
    {
        lock (gate)
        {
            watchers--;
        }
    }

    private (IReadOnlyList<HubEvent> Events, Task Next) Look(long after)
    {
        lock (gate)
        {
            // Whoever waits for what comes next began to before anything more could come.
            return ([.. ring.SkipWhile(happened => happened.Id <= after)], arrived.Task);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string? Bound(string? text) => text is { Length: > LongestName } ? text[..LongestName] + "…" : text;
}
