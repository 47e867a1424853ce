using System.Text.Json.Nodes;
using JupyterHub.Core.Data;
using JupyterHub.Core.Spawning.Choosing;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Servers;

/// <summary>Makes, changes and removes the rows of servers that do not run. What is decided is decided inside the write: writes come one after the other.</summary>
internal sealed class ServerInventory(IHubDatabase database, IServerLeases leases, NamedServerRules rules, StartOptionsSource options)
{
    /// <summary>Makes a named server without starting it.</summary>
    /// <exception cref="ServerOperationException">There is no such user, there is such a server, or the rules forbid it.</exception>
    public async Task CreateAsync(ServerKey key, ServerChoices choices, CancellationToken cancellationToken)
    {
        var chosen = choices with { UserOptions = await options.CheckAsync(key, choices.UserOptions, cancellationToken) };
        await database.WriteAsync(
            async (context, token) =>
            {
                var user = await UserAsync(context, key, token);
                if (key.ServerName.Length == 0 || await FindAsync(context, user, key.ServerName, token) is not null)
                {
                    throw ServerOperationException.AlreadyExists(key);
                }

                rules.CheckUse(key, exists: false, await CountAsync(context, user, token), choices.DisplayName);
                context.Spawners.Add(NewRow(user, key, chosen));
            },
            cancellationToken);
    }

    /// <summary>Gets the row of a server that is about to be started, made if there is none.</summary>
    /// <exception cref="ServerOperationException">There is no such user, or the rules forbid the server.</exception>
    public Task<ServerRecord> OpenAsync(ServerKey key, string prefix, ServerChoices choices, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (context, token) =>
            {
                var user = await UserAsync(context, key, token);
                var spawner = await FindAsync(context, user, key.ServerName, token);
                if (spawner is null)
                {
                    rules.CheckUse(key, exists: false, await CountAsync(context, user, token), choices.DisplayName);
                    spawner = NewRow(user, key, choices with { UserOptions = null });
                    context.Spawners.Add(spawner);
                    await context.SaveChangesAsync(token);
                }

                return new ServerRecord(key, user.Id, spawner.Id, prefix);
            },
            cancellationToken);

    /// <summary>Checks a change as a whole without making it.</summary>
    /// <exception cref="ServerOperationException">It is against the rules, the server is missing or active, or the new name is taken.</exception>
    public Task CheckAsync(ServerKey key, ServerChange change, bool isActive, CancellationToken cancellationToken) =>
        database.ReadAsync((context, token) => CheckAsync(context, key, change, isActive, token), cancellationToken);

    /// <summary>Makes a change, all of it or nothing.</summary>
    /// <exception cref="ServerOperationException">As for <see cref="CheckAsync(ServerKey, ServerChange, bool, CancellationToken)"/>.</exception>
    public Task ChangeAsync(ServerKey key, ServerChange change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (context, token) =>
            {
                var user = await CheckAsync(context, key, change, isActive: false, token);
                var spawner = await FindAsync(context, user, key.ServerName, token);
                if (spawner is null)
                {
                    spawner = NewRow(user, key, ServerChoices.Kept);
                    context.Spawners.Add(spawner);
                }

                Apply(spawner, change);
            },
            cancellationToken);

    /// <summary>Removes a named server with what was shared of it; false if something of it may run, here or elsewhere.</summary>
    public async Task<bool> RemoveAsync(ServerKey key, CancellationToken cancellationToken)
    {
        var id = await database.ReadAsync(
            (context, token) => context.Spawners.Where(row => row.User!.Name == key.UserName && row.Name == key.ServerName).Select(row => (int?)row.Id).FirstOrDefaultAsync(token),
            cancellationToken);
        if (id is not { } spawnerId)
        {
            return true;
        }

        var isOurs = await leases.TryAcquireAsync(spawnerId, cancellationToken);
        var isRemoved = isOurs && await database.WriteAsync((context, token) => RemoveAsync(context, key, spawnerId, token), cancellationToken);
        if (isOurs)
        {
            await leases.ReleaseAsync(spawnerId, cancellationToken);
        }

        return isRemoved;
    }

    private async Task<bool> RemoveAsync(HubDbContext context, ServerKey key, int spawnerId, CancellationToken cancellationToken)
    {
        var spawner = await context.Spawners.SingleOrDefaultAsync(row => row.Id == spawnerId && row.Name == key.ServerName, cancellationToken);
        if (spawner is null)
        {
            return true;
        }

        if (spawner.ServerId is not null || spawner.State is { Count: > 0 } || !await leases.HoldsAsync(context, spawnerId, cancellationToken))
        {
            return false;
        }

        context.Spawners.Remove(spawner);
        return true;
    }

    private async Task<HubUser> CheckAsync(HubDbContext context, ServerKey key, ServerChange change, bool isActive, CancellationToken cancellationToken)
    {
        var user = await UserAsync(context, key, cancellationToken);
        var spawner = await FindAsync(context, user, key.ServerName, cancellationToken);

        // The default server is there whether it has a row yet or not, and so its name is always taken.
        var isTaken = change.Name is { } wanted && (wanted.Length == 0 || await FindAsync(context, user, wanted, cancellationToken) is not null);
        rules.CheckChange(key, spawner is not null, isTaken, await CountAsync(context, user, cancellationToken), change);
        if (spawner is null && key.ServerName.Length > 0)
        {
            throw ServerOperationException.NoSuchServer(key);
        }

        if (isActive || spawner?.ServerId is not null)
        {
            throw ServerOperationException.Active(key);
        }

        return isTaken ? throw ServerOperationException.AlreadyExists(key with { ServerName = change.Name! }) : user;
    }

    private static void Apply(HubSpawner spawner, ServerChange change)
    {
        if (change.Name is { } name)
        {
            // What people see stays as it is, except that of the default server, which has none.
            spawner.DisplayName = spawner.Name.Length == 0 ? name : spawner.DisplayName ?? spawner.Name;
            spawner.Name = name;
        }

        if (change.DisplayName is { Length: > 0 } displayName)
        {
            spawner.DisplayName = ServerNames.NormalizeDisplayName(displayName);
        }

        spawner.UserOptions = (JsonObject?)change.UserOptions?.DeepClone() ?? spawner.UserOptions;
    }

    private static async Task<HubUser> UserAsync(HubDbContext context, ServerKey key, CancellationToken cancellationToken) =>
        await context.Users.SingleOrDefaultAsync(user => user.Name == key.UserName, cancellationToken) ?? throw ServerOperationException.NoSuchUser();

    // The lowest row wins where the original left two of one name.
    private static Task<HubSpawner?> FindAsync(HubDbContext context, HubUser user, string name, CancellationToken cancellationToken) =>
        context.Spawners.Where(row => row.UserId == user.Id && row.Name == name).OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);

    private static Task<int> CountAsync(HubDbContext context, HubUser user, CancellationToken cancellationToken) =>
        context.Spawners.CountAsync(row => row.UserId == user.Id && row.Name != "", cancellationToken);

    private static HubSpawner NewRow(HubUser user, ServerKey key, ServerChoices choices) => new()
    {
        UserId = user.Id,
        Name = key.ServerName,
        DisplayName = key.ServerName.Length > 0 && choices.DisplayName is { Length: > 0 } chosen ? ServerNames.NormalizeDisplayName(chosen) : key.ServerName,
        UserOptions = choices.UserOptions is { Count: > 0 } options ? (JsonObject)options.DeepClone() : null,
    };
}
