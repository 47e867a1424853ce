using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Services;

/// <summary>The OAuth clients of declared services (contract 6.1).</summary>
internal sealed class ServiceClients
{
    private readonly HubDbContext db;
    private readonly Dictionary<string, OAuthClient> clients;
    private readonly Dictionary<string, IReadOnlyList<string>> scopesOfRoles;

    private ServiceClients(HubDbContext db, Dictionary<string, OAuthClient> clients, Dictionary<string, IReadOnlyList<string>> scopesOfRoles) =>
        (this.db, this.clients, this.scopesOfRoles) = (db, clients, scopesOfRoles);

    public static async Task<ServiceClients> ReadAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        var clients = await db.OAuthClients.Where(client => client.Identifier.StartsWith("service-")).ToDictionaryAsync(client => client.Identifier, StringComparer.Ordinal, cancellationToken);
        var roles = await db.Roles.AsNoTracking().Select(role => new { role.Name, role.Scopes }).ToListAsync(cancellationToken);
        return new ServiceClients(db, clients, roles.ToDictionary(role => role.Name, role => (IReadOnlyList<string>)role.Scopes, StringComparer.Ordinal));
    }

    /// <summary>Makes the service's client what is declared, or takes it away.</summary>
    public void Write(HubService row, ServiceDeclaration service, string redirectUri)
    {
        var wanted = service.HasOAuthClient ? service.ClientId : null;
        if (row.OAuthClientId is { } before && before != wanted && clients.Remove(before, out var unused))
        {
            db.OAuthClients.Remove(unused);
        }

        row.OAuthClientId = wanted;
        if (wanted is null)
        {
            return;
        }

        if (!clients.TryGetValue(wanted, out var client))
        {
            client = clients[wanted] = new OAuthClient { Identifier = wanted };
            db.OAuthClients.Add(client);
        }

        client.Description = $"JupyterHub service {service.Name}";
        client.RedirectUri = redirectUri;
        client.Secret = Secret(client.Secret, service);
        client.AllowedScopes = AllowedScopes(service);
    }

    // The hash of the same secret differs each time it is made: one that fits stays.
    private static string Secret(string? stored, ServiceDeclaration service) => service.ApiToken?.Reveal() switch
    {
        null => "",
        { } wanted when TokenHash.Verify(wanted, stored ?? "") => stored!,
        { } wanted => TokenHash.Create(wanted, service.HasMadeToken ? 1 : TokenHash.SuppliedRounds),
    };

    private List<string> AllowedScopes(ServiceDeclaration service)
    {
        var scopes = service.OauthClientAllowedScopes.Count > 0
            ? service.OauthClientAllowedScopes
            : service.OauthRoles.SelectMany(role => scopesOfRoles.GetValueOrDefault(role) ?? []);
        return [.. scopes.Append($"access:services!service={service.Name}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
