using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Events;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Servers;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Users;

/// <summary>Removes users: all their servers are stopped first, then everything that is theirs goes with the row.</summary>
internal sealed class UserDeletion(IHubDatabase database, UserServers servers, ServerSupervisor supervisor, JupyterHubOptions options, TimeProvider time, HubEvents events)
{
    /// <summary>Somebody may start a server as fast as it is stopped, but not for ever.</summary>
    private const int Attempts = 3;

    /// <exception cref="ServerOperationException">Another hub looks after one of the servers.</exception>
    /// <exception cref="ServerFailureException">A server could not be stopped; the user is still there.</exception>
    public async Task<UserDeletionOutcome> DeleteAsync(string userName, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await FindServersAsync(userName, cancellationToken) is not { } found)
            {
                return UserDeletionOutcome.NotFound;
            }

            if (found.Any(server => supervisor.GetStatus(userName, server).Phase == ServerPhase.Stopping) || !await StopAsync(userName, found, cancellationToken))
            {
                return UserDeletionOutcome.ServerIsStopping;
            }

            if (await database.WriteAsync((db, token) => RemoveAsync(db, userName, token), cancellationToken) is { } outcome)
            {
                supervisor.ForgetAll(userName);
                if (outcome == UserDeletionOutcome.Deleted)
                {
                    events.Add(HubEventKind.UserDeleted, userName);
                }

                return outcome;
            }
        }

        return UserDeletionOutcome.ServerIsStopping;
    }

    /// <summary>Names of the servers that may run, by their rows or by what this hub knows; null if there is no such user.</summary>
    private async Task<HashSet<string>?> FindServersAsync(string userName, CancellationToken cancellationToken)
    {
        var names = await database.ReadAsync(
            async (db, token) => await db.Users.AnyAsync(user => user.Name == userName, token)
                ? (await db.Spawners.Where(row => row.User!.Name == userName && (row.ServerId != null || row.State != null)).ToListAsync(token))
                    .Where(row => row.ServerId is not null || row.State is { Count: > 0 })
                    .Select(row => row.Name)
                    .ToHashSet(StringComparer.Ordinal)
                : null,
            cancellationToken);
        names?.UnionWith(supervisor.ActiveOf(userName));
        return names;
    }

    /// <summary>False if that takes longer than a request should.</summary>
    private async Task<bool> StopAsync(string userName, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var stops = new List<Task<ServerFailure?>>();
        foreach (var name in names)
        {
            try
            {
                stops.Add((await supervisor.StopAsync(userName, name, cancellationToken)).Completion);
            }
            catch (ServerOperationException refused) when (refused.Kind == ServerOperationError.NotFound)
            {
                // Somebody else was faster.
            }
        }

        try
        {
            var failures = await Task.WhenAll(stops).WaitAsync(TimeSpan.FromSeconds(options.SlowStopTimeout), time, cancellationToken);
            return failures.FirstOrDefault(failure => failure is not null) is not { } failure ? true : throw new ServerFailureException(failure);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Null if a server was started meanwhile.</summary>
    private async Task<UserDeletionOutcome?> RemoveAsync(HubDbContext db, string userName, CancellationToken cancellationToken)
    {
        if (await db.Users.SingleOrDefaultAsync(row => row.Name == userName, cancellationToken) is not { } user)
        {
            return UserDeletionOutcome.NotFound;
        }

        if (await servers.AnyActiveAsync(db, user, cancellationToken))
        {
            return null;
        }

        var clients = await db.Spawners.Where(row => row.UserId == user.Id && row.OAuthClientId != null).Select(row => row.OAuthClientId!).ToListAsync(cancellationToken);
        await db.Users.Where(row => row.Id == user.Id).ExecuteDeleteAsync(cancellationToken);
        await db.OAuthClients
            .Where(client => clients.Contains(client.Identifier) && client.Identifier != OAuthClient.HubIdentifier && !db.Spawners.Any(row => row.OAuthClientId == client.Identifier))
            .ExecuteDeleteAsync(cancellationToken);
        return UserDeletionOutcome.Deleted;
    }
}
