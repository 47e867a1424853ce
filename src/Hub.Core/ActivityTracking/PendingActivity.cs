using System.Collections.Concurrent;

namespace JupyterHub.Core.ActivityTracking;

/// <summary>Activity that is known to this hub and not yet written. Whoever shows a time asks here for the later one.</summary>
internal sealed class PendingActivity
{
    private readonly ConcurrentDictionary<int, DateTime> users = new();
    private readonly ConcurrentDictionary<int, DateTime> tokens = new();
    private readonly ConcurrentDictionary<int, DateTime> spawners = new();

    public DateTime? OfUser(int id, DateTime? stored) => Later(users, id, stored);

    public DateTime? OfToken(int id, DateTime? stored) => Later(tokens, id, stored);

    public DateTime? OfSpawner(int id, DateTime? stored) => Later(spawners, id, stored);

    /// <summary>Writes everything now: for queries that sort or filter by activity in the database.</summary>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        users.Clear();
        return Task.CompletedTask;
    }

    private static DateTime? Later(ConcurrentDictionary<int, DateTime> pending, int id, DateTime? stored) =>
        pending.TryGetValue(id, out var time) && (stored is null || time > stored) ? time : stored;
}
