using JupyterHub.Core.Configuration;
using JupyterHub.Core.Configuration.Validation;
using JupyterHub.Core.Data;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;
using JupyterHub.Rbac.Roles;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Services;

/// <summary>Makes the tokens of declared services those that the configuration gives: one that fits stays, one that was given before goes.</summary>
internal sealed class ServiceTokens(HubDbContext db, JupyterHubOptions hub, IReadOnlyList<ServiceDeclaration> declared, SettingChecks checks, TimeProvider time)
{
    /// <summary>What the original notes of tokens from its configuration, too.</summary>
    private const string Note = "from config";

    private readonly List<(ServiceDeclaration Service, int Id, string Token)> missing = [];

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var ids = await db.Services.AsNoTracking().ToDictionaryAsync(row => row.Name, row => row.Id, StringComparer.Ordinal, cancellationToken);
        var tokens = (await db.Tokens.Where(row => row.ServiceId != null).ToListAsync(cancellationToken)).ToLookup(row => row.ServiceId!.Value);
        foreach (var service in declared)
        {
            Compare(service, ids[service.Name], tokens[ids[service.Name]]);
        }

        // Saved before new ones are looked for among the old: a token may move from one service to another.
        await db.SaveChangesAsync(cancellationToken);
        var scopes = await db.Roles.AsNoTracking().Where(role => role.Name == BuiltInRoles.TokenName).Select(role => role.Scopes).SingleAsync(cancellationToken);
        foreach (var (service, id, token) in missing)
        {
            await AddAsync(service, id, token, scopes, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private void Compare(ServiceDeclaration service, int id, IEnumerable<HubToken> stored)
    {
        var wanted = service.ApiToken?.Reveal();
        var isThere = false;
        foreach (var row in stored)
        {
            if (wanted is not null && IsFor(row, wanted))
            {
                isThere = true;
            }
            else if (row.Note == Note)
            {
                db.Tokens.Remove(row);
            }
        }

        if (wanted is not null && !isThere)
        {
            missing.Add((service, id, wanted));
        }
    }

    private static bool IsFor(HubToken row, string wanted) =>
        row.ExpiresAt is null && row.ClientId == OAuthClient.HubIdentifier && row.Prefix == TokenHash.PrefixOf(wanted) && TokenHash.Verify(wanted, row.Hashed);

    private async Task AddAsync(ServiceDeclaration service, int id, string token, IReadOnlyCollection<string> scopes, CancellationToken cancellationToken)
    {
        try
        {
            var wanted = new NewToken { ServiceId = id, Scopes = scopes, Note = Note, Value = token, ValueIsRandom = hub.TrustUserProvidedTokens || service.HasMadeToken };
            await HubTokens.AddAsync(db, wanted, time, cancellationToken);
        }
        catch (TokenValueException exception)
        {
            throw checks.Error($"{KnownSettings.Root}:Services:{hub.Services.IndexOf(service)}:{nameof(service.ApiToken)}", $"cannot be used: {exception.Message.TrimEnd('.')}");
        }
    }
}
