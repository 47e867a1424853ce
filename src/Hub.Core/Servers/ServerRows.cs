using System.Text.Json.Nodes;
using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Servers;

/// <summary>Reads servers as the database has them.</summary>
internal sealed class ServerRows(IHubDatabase database)
{
    /// <summary>The server, or null if there is no such user. A server without a row is one that was never started.</summary>
    public Task<ServerRow?> FindAsync(ServerKey key, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (context, token) =>
            {
                var userId = await context.Users.Where(user => user.Name == key.UserName).Select(user => (int?)user.Id).SingleOrDefaultAsync(token);
                if (userId is null)
                {
                    return null;
                }

                // The lowest row wins where the original left two of one name.
                var row = await context.Spawners
                    .Include(spawner => spawner.Server)
                    .Where(spawner => spawner.UserId == userId && spawner.Name == key.ServerName)
                    .OrderBy(spawner => spawner.Id)
                    .FirstOrDefaultAsync(token);
                return row is not null
                    ? ToRow(key, row)
                    : new ServerRow(key, userId.Value) { NamedServers = await context.Spawners.CountAsync(other => other.UserId == userId && other.Name != "", token) };
            },
            cancellationToken);

    /// <summary>Every server that may run, whoever started it.</summary>
    public Task<List<ServerRow>> ListThatMayRunAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (context, token) =>
            {
                var rows = await context.Spawners
                    .Include(spawner => spawner.Server)
                    .Include(spawner => spawner.User)
                    .Where(spawner => spawner.ServerId != null || spawner.State != null)
                    .OrderBy(spawner => spawner.Id)
                    .ToListAsync(token);
                return rows
                    .Where(row => row.User is not null)
                    .Select(row => ToRow(new ServerKey(row.User!.Name, row.Name), row))
                    .Where(row => row.MayRun)
                    .ToList();
            },
            cancellationToken);

    public Task<bool> ExistsAsync(int spawnerId, CancellationToken cancellationToken) =>
        database.ReadAsync((context, token) => context.Spawners.AnyAsync(row => row.Id == spawnerId, token), cancellationToken);

    private static ServerRow ToRow(ServerKey key, HubSpawner row) => new(key, row.UserId)
    {
        SpawnerId = row.Id,
        HasServer = row.ServerId is not null,
        Address = row.Server is null ? null : ServerAddress.ToUri(row.Server),
        State = (JsonObject?)row.State?.DeepClone() ?? [],
        Started = row.Started,
    };
}
