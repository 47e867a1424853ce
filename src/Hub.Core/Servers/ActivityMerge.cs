using JupyterHub.Core.Data;
using JupyterHub.Core.Proxying;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Servers;

/// <summary>Writes the activity that the proxy saw to servers and their owners; times only move forward.</summary>
internal sealed class ActivityMerge(IHubDatabase database, ServerSupervisor supervisor, TimeProvider time)
{
    /// <summary>So many servers in one transaction, to let other writes in between.</summary>
    private const int BatchSize = 200;

    public async Task RunAsync(IEnumerable<ProxyRoute> routes, CancellationToken cancellationToken)
    {
        foreach (var batch in Seen(routes).Chunk(BatchSize))
        {
            var activity = batch.ToDictionary(seen => seen.SpawnerId, seen => seen.At);
            await database.WriteAsync((context, token) => WriteAsync(context, activity, token), cancellationToken);
        }
    }

    private static async Task WriteAsync(HubDbContext context, Dictionary<int, DateTime> activity, CancellationToken cancellationToken)
    {
        var ids = activity.Keys.ToList();
        var spawners = await context.Spawners.Include(row => row.User).Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken);
        foreach (var spawner in spawners)
        {
            var at = activity[spawner.Id];
            spawner.LastActivity = Later(spawner.LastActivity, at);
            spawner.User!.LastActivity = Later(spawner.User.LastActivity, at);
        }
    }

    private static DateTime Later(DateTime? known, DateTime at) => known is { } before && before >= at ? before : at;

    private IEnumerable<(int SpawnerId, DateTime At)> Seen(IEnumerable<ProxyRoute> routes)
    {
        var running = supervisor.Running.ToDictionary(server => server.Key);
        var now = time.GetUtcNow();
        foreach (var route in routes)
        {
            if (route.LastActivity is { } at && ServerRoutes.KeyOf(route) is { } key && running.TryGetValue(key, out var server))
            {
                // A proxy on a machine whose clock is ahead must not make a server look busy for hours.
                yield return (server.SpawnerId, (at < now ? at : now).UtcDateTime);
            }
        }
    }
}
