using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tokens;

/// <summary>Reads the tokens of a user for showing.</summary>
internal sealed class TokenReader(IHubDatabase database, IAuthorities authorities, PendingActivity activity, TimeProvider time)
{
    /// <summary>The user's tokens by their last use; null if there is no such user. Those that are dead are deleted on the way.</summary>
    public async Task<IReadOnlyList<TokenRecord>?> ListAsync(string userName, CancellationToken cancellationToken)
    {
        var (userExists, rows, clients) = await database.ReadAsync(
            async (db, token) =>
            {
                var rows = await db.Tokens.Include(row => row.User).Where(row => row.User!.Name == userName).ToListAsync(token);
                return (rows.Count > 0 || await db.Users.AnyAsync(user => user.Name == userName, token), rows, await ClientsAsync(db, rows, token));
            },
            cancellationToken);
        if (!userExists)
        {
            return null;
        }

        var now = time.GetHubTime();
        if (rows.Exists(row => IsDead(row, now)))
        {
            await PurgeAsync(rows[0].UserId, now, cancellationToken);
        }

        var living = rows.Where(row => !IsDead(row, now)).OrderBy(row => activity.OfToken(row.Id, row.LastActivity) ?? row.Created).ThenBy(row => row.Id);
        return await DescribeAsync([.. living], clients, cancellationToken);
    }

    /// <summary>The token of that id, if it is the user's; an expired one as long as it is kept.</summary>
    public async Task<TokenRecord?> FindAsync(string userName, int id, CancellationToken cancellationToken)
    {
        var (rows, clients) = await database.ReadAsync(
            async (db, token) =>
            {
                var rows = await db.Tokens.Include(row => row.User).Where(row => row.Id == id && row.User!.Name == userName).ToListAsync(token);
                return (rows, await ClientsAsync(db, rows, token));
            },
            cancellationToken);
        return (await DescribeAsync(rows, clients, cancellationToken)).SingleOrDefault();
    }

    private static bool IsDead(HubToken row, DateTime now) => row.ExpiresAt < now || row.ClientId is null;

    private static async Task<Dictionary<string, string>> ClientsAsync(HubDbContext db, List<HubToken> rows, CancellationToken cancellationToken)
    {
        var identifiers = rows.Select(row => row.ClientId).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        return identifiers.Length == 0
            ? []
            : await db.OAuthClients
                .Where(client => EF.Parameter(identifiers).Contains(client.Identifier))
                .ToDictionaryAsync(
                    client => client.Identifier,
                    client => string.IsNullOrEmpty(client.Description) ? client.Identifier : client.Description,
                    StringComparer.Ordinal,
                    cancellationToken);
    }

    private Task<int> PurgeAsync(int? userId, DateTime now, CancellationToken cancellationToken) => database.WriteAsync(
        (db, token) => db.Tokens.Where(row => row.UserId == userId && (row.ExpiresAt < now || row.ClientId == null)).ExecuteDeleteAsync(token),
        cancellationToken);

    private async Task<IReadOnlyList<TokenRecord>> DescribeAsync(List<HubToken> rows, Dictionary<string, string> clients, CancellationToken cancellationToken)
    {
        // Browsers leave dozens of tokens of one kind: what they give is asked once.
        var known = new Dictionary<(string? Client, string Scopes), IReadOnlyList<string>>();
        var records = new List<TokenRecord>();
        foreach (var row in rows)
        {
            var kind = (row.ClientId, string.Join(' ', row.Scopes));
            if (!known.TryGetValue(kind, out var scopes))
            {
                known[kind] = scopes = (await authorities.OfTokenAsync(row, cancellationToken)).Permissions.ToScopes();
            }

            records.Add(new TokenRecord(row, row.ClientId is { } client ? clients.GetValueOrDefault(client, client) : null, scopes));
        }

        return records;
    }
}
