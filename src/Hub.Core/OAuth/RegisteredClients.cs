using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.OAuth;

/// <summary>Looks OAuth clients up.</summary>
internal static class RegisteredClients
{
    private const int LongestIdentifier = 255;

    /// <summary>Finds a client that can take part in OAuth. One without a secret cannot.</summary>
    public static async Task<RegisteredClient?> FindAsync(HubDbContext context, string? identifier, CancellationToken cancellationToken)
    {
        if (identifier is null or { Length: 0 or > LongestIdentifier } || identifier.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var row = await context.OAuthClients.AsNoTracking().FirstOrDefaultAsync(client => client.Identifier == identifier, cancellationToken);
        return row is null || string.IsNullOrEmpty(row.Secret)
            ? null
            : new RegisteredClient(row, await FindOwnerAsync(context, identifier, cancellationToken));
    }

    private static async Task<OAuthClientOwner?> FindOwnerAsync(HubDbContext context, string identifier, CancellationToken cancellationToken)
    {
        var server = await context.Spawners.AsNoTracking()
            .Where(spawner => spawner.OAuthClientId == identifier)
            .Select(spawner => new { spawner.UserId, UserName = spawner.User!.Name, spawner.Name })
            .FirstOrDefaultAsync(cancellationToken);
        if (server is not null)
        {
            return OAuthClientOwner.Server(server.UserId, server.UserName, server.Name);
        }

        var service = await context.Services.AsNoTracking()
            .Where(service => service.OAuthClientId == identifier)
            .Select(service => new { service.Name, service.OAuthNoConfirm })
            .FirstOrDefaultAsync(cancellationToken);
        return service is null ? null : OAuthClientOwner.Service(service.Name, service.OAuthNoConfirm == true);
    }
}
