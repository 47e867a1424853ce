using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Services;

/// <summary>Deletes services that were made at run time, with all that belongs to them: tokens, OAuth client, its tokens and codes, roles, route.</summary>
internal sealed class ServiceRemoval(IHubDatabase database, ServiceRoutes routes, HubEvents events, ILogger<ServiceRemoval> logger)
{
    public async Task<ServiceChange> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var change = await database.WriteAsync((db, token) => DeleteAsync(db, name, token), cancellationToken);
        if (change.Outcome == ServiceOutcome.Done)
        {
            Log.Deleted(logger, LogText.Bound(name));
            events.Add(HubEventKind.ServiceDeleted, name);

            // The service is gone, whoever still waits for the answer.
            await routes.UpdateAsync(name, CancellationToken.None);
        }

        return change;
    }

    private static async Task<ServiceChange> DeleteAsync(HubDbContext db, string name, CancellationToken cancellationToken)
    {
        if (await db.Services.AsNoTracking().SingleOrDefaultAsync(row => row.Name == name, cancellationToken) is not { } service)
        {
            return new ServiceChange(ServiceOutcome.Unknown, $"Service {LogText.Bound(name)} does not exist");
        }

        if (service.FromConfig != false)
        {
            // NULL is from before services could be made at run time.
            return new ServiceChange(ServiceOutcome.Configured, $"Service {LogText.Bound(name)} is not modifiable at runtime");
        }

        await db.Tokens.Where(row => row.ServiceId == service.Id).ExecuteDeleteAsync(cancellationToken);
        await db.Services.Where(row => row.Id == service.Id).ExecuteDeleteAsync(cancellationToken);
        await db.Servers.Where(row => row.Id == service.ServerId).ExecuteDeleteAsync(cancellationToken);
        if (service.OAuthClientId is { } clientId)
        {
            await db.Tokens.Where(row => row.ClientId == clientId).ExecuteDeleteAsync(cancellationToken);
            await db.OAuthCodes.Where(row => row.ClientId == clientId).ExecuteDeleteAsync(cancellationToken);
            await db.OAuthClients.Where(row => row.Identifier == clientId).ExecuteDeleteAsync(cancellationToken);
        }

        return ServiceChange.Done;
    }
}
