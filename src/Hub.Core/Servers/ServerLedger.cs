using System.Text.Json.Nodes;
using JupyterHub.Core.Data;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Servers;

/// <summary>Writes what happens to servers, one transaction a step. Only the owner of a server's lease calls it.</summary>
internal sealed class ServerLedger(IHubDatabase database, IServerLeases leases, TimeProvider time)
{
    /// <summary>The options that the owner chose last.</summary>
    public Task<JsonObject> OptionsOfAsync(ServerRecord record, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (context, token) =>
            {
                var saved = await context.Spawners.Where(row => row.Id == record.SpawnerId).Select(row => row.UserOptions).SingleOrDefaultAsync(token);
                return (JsonObject?)saved?.DeepClone() ?? [];
            },
            cancellationToken);

    /// <summary>Begins a start: server row without an address yet, new token and OAuth client in place of any left over.</summary>
    /// <exception cref="ServerFailureException">The row is gone, another hub has the server now, or its OAuth client belongs to another server.</exception>
    public Task<ServerRecord> BeginAsync(ServerRecord record, ServerCredentials credentials, ServerChoices choices, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (context, token) =>
            {
                var spawner = await FindAsync(context, record, token) ?? throw Gone(record);
                await RequireLeaseAsync(context, record, token);
                await RefuseSharedClientAsync(context, record, token);
                await RevokeAsync(context, record, token);
                var now = time.GetUtcNow().UtcDateTime;
                context.Tokens.Add(credentials.ToTokenRow(record, now));
                context.OAuthClients.Add(credentials.ToClientRow(record));
                // The spawner row points at the client by its name, so the client has to be there first.
                await context.SaveChangesAsync(token);

                spawner.OAuthClientId = record.ClientId;
                spawner.Server ??= new HubServer();
                (spawner.Server.Proto, spawner.Server.Ip, spawner.Server.Port, spawner.Server.BaseUrl) = ("http", "", 0, record.Prefix);
                spawner.Started = spawner.LastActivity = spawner.User!.LastActivity = now;
                spawner.State = [];
                spawner.UserOptions = (JsonObject?)choices.UserOptions?.DeepClone() ?? spawner.UserOptions;
                if (choices.DisplayName is { Length: > 0 } chosen && spawner.Name.Length > 0)
                {
                    spawner.DisplayName = ServerNames.NormalizeDisplayName(chosen);
                }

                return record with { Started = now, State = [] };
            },
            cancellationToken);

    /// <summary>Saves what the spawner needs to find the server, during or after its start.</summary>
    /// <exception cref="ServerFailureException">The row is gone, or another hub has the server now.</exception>
    public Task SaveStateAsync(ServerRecord record, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (context, token) =>
            {
                var spawner = await FindAsync(context, record, token) ?? throw Gone(record);
                await RequireLeaseAsync(context, record, token);
                spawner.State = (JsonObject)record.State.DeepClone();
                if (record.Address is not null && spawner.Server is not null)
                {
                    ServerAddress.Write(record.Address, spawner.Server);
                }
            },
            cancellationToken);

    /// <summary>Looks once more, at the end of a start, whether the server is still there.</summary>
    /// <exception cref="ServerFailureException">The row is gone.</exception>
    public async Task RequireAsync(ServerRecord record, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync((context, token) => FindAsync(context, record, token), cancellationToken) is null)
        {
            throw Gone(record);
        }
    }

    /// <summary>Ends a server: its token, OAuth client and all browser tokens of that client die with it.</summary>
    /// <param name="record">The server.</param>
    /// <param name="keepState">It could not be stopped: keep what is needed to find it.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="ServerFailureException">Another hub has the server now.</exception>
    public Task EndAsync(ServerRecord record, bool keepState, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (context, token) =>
            {
                if (await FindAsync(context, record, token) is not { } spawner)
                {
                    await RevokeAsync(context, record, token);
                    return;
                }

                await RequireLeaseAsync(context, record, token);
                await RevokeAsync(context, record, token);
                if (spawner.Server is { } server)
                {
                    spawner.Server = null;
                    spawner.ServerId = null;
                    context.Servers.Remove(server);
                }

                spawner.OAuthClientId = null;
                spawner.Started = null;
                spawner.LastActivity = spawner.User!.LastActivity = time.GetUtcNow().UtcDateTime;
                if (!keepState)
                {
                    spawner.State = [];
                }
            },
            cancellationToken);

    private static Task<HubSpawner?> FindAsync(HubDbContext context, ServerRecord record, CancellationToken cancellationToken) =>
        context.Spawners
            .Include(row => row.Server)
            .Include(row => row.User)
            .SingleOrDefaultAsync(row => row.Id == record.SpawnerId && row.UserId == record.UserId && row.Name == record.Key.ServerName, cancellationToken);

    private async Task RequireLeaseAsync(HubDbContext context, ServerRecord record, CancellationToken cancellationToken)
    {
        if (!await leases.HoldsAsync(context, record.SpawnerId, cancellationToken))
        {
            throw new ServerFailureException(ServerFailure.OwnershipLost);
        }
    }

    /// <summary>
    /// The identifier joins user and server with a hyphen, which both may contain: <c>a-b</c>'s default server and <c>a</c>'s
    /// server <c>b</c> are the same client. The one must not take the other's logins over.
    /// </summary>
    private static async Task RefuseSharedClientAsync(HubDbContext context, ServerRecord record, CancellationToken cancellationToken)
    {
        if (await IsClientOfAnotherAsync(context, record, cancellationToken))
        {
            throw new ServerFailureException(new ServerFailure(
                ServerFailureReason.Refused,
                $"The OAuth client {record.ClientId} is in use by a running server of another name. Stop that one first or choose another name."));
        }
    }

    private static Task<bool> IsClientOfAnotherAsync(HubDbContext context, ServerRecord record, CancellationToken cancellationToken) =>
        context.Spawners.AnyAsync(row => row.OAuthClientId == record.ClientId && row.Id != record.SpawnerId, cancellationToken);

    private static async Task RevokeAsync(HubDbContext context, ServerRecord record, CancellationToken cancellationToken)
    {
        await context.Tokens
            .Where(row => row.UserId == record.UserId && row.ClientId == OAuthClient.HubIdentifier && row.Note == record.Note)
            .ExecuteDeleteAsync(cancellationToken);
        if (await IsClientOfAnotherAsync(context, record, cancellationToken))
        {
            return;
        }

        await context.Tokens.Where(row => row.ClientId == record.ClientId).ExecuteDeleteAsync(cancellationToken);
        await context.OAuthCodes.Where(row => row.ClientId == record.ClientId).ExecuteDeleteAsync(cancellationToken);
        await context.OAuthClients.Where(row => row.Identifier == record.ClientId).ExecuteDeleteAsync(cancellationToken);
    }

    private static ServerFailureException Gone(ServerRecord record) =>
        new(new ServerFailure(ServerFailureReason.Refused, $"{record.Key} was deleted while it was being started."));
}
