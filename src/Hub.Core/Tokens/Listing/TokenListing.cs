using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.OAuth;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tokens.Listing;

/// <summary>Reads the tokens of everybody, as far as the asker may see them (<c>read:tokens</c>). Dead ones are left out.</summary>
internal sealed class TokenListing(IHubDatabase database, PendingActivity activity, TimeProvider time)
{
    /// <summary>Most tokens that are counted: with more, nobody reads the number, and it would cost more than the page.</summary>
    public const int MostCounted = 10_000;

    /// <summary>After so long without use a token is likely to be forgotten.</summary>
    public static readonly TimeSpan LongTime = TimeSpan.FromDays(90);

    public async Task<TokenPage> ListAsync(TokenQuery query, Authority asker, CancellationToken cancellationToken)
    {
        if (query.Sort == TokenSort.LastUse || query.Use is TokenUse.NeverUsed or TokenUse.UnusedForLong)
        {
            await activity.FlushAsync(cancellationToken);
        }

        var page = await database.ReadAsync((db, token) => ReadAsync(db, query, asker, token), cancellationToken);
        return page with { Tokens = [.. page.Tokens.Select(row => row with { LastUse = activity.OfToken(row.Id, row.LastUse) })] };
    }

    /// <summary>The token of that id, if the asker may see it.</summary>
    public Task<TokenSummary?> FindAsync(int id, Authority asker, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, token) => await Describe(db, (await TokenFilter.VisibleAsync(db, asker, token)).Where(row => row.Id == id)).SingleOrDefaultAsync(token),
        cancellationToken);

    private async Task<TokenPage> ReadAsync(HubDbContext db, TokenQuery query, Authority asker, CancellationToken cancellationToken)
    {
        var matching = await TokenFilter.ApplyAsync(db, await TokenFilter.VisibleAsync(db, asker, cancellationToken), query, time.GetHubTime(), cancellationToken);

        var ids = await matching.Select(row => row.Id).Take(MostCounted + 1).ToListAsync(cancellationToken);
        int? total = ids.Count > MostCounted ? null : ids.Count;
        if (total is not null && (query.Note is { Length: > 0 } || query.Use != TokenUse.Any))
        {
            // Few among many: they are sorted by themselves. An index in the wanted order would be walked to its end for them, row by row.
            matching = db.Tokens.Where(row => EF.Parameter(ids).Contains(row.Id));
        }

        // One more than is shown tells whether there is a next page.
        var rows = await Describe(db, TokenFilter.Sort(matching, query).Skip(query.Offset).Take(query.Limit + 1)).ToListAsync(cancellationToken);
        var hasMore = rows.Count > query.Limit;
        return new TokenPage(hasMore ? rows[..^1] : rows, total, hasMore);
    }

    /// <summary>What is shown of tokens, and nothing else of them: neither their hashes nor the beginnings of their values are read.</summary>
    private static IQueryable<TokenSummary> Describe(HubDbContext db, IQueryable<HubToken> tokens) => tokens.Select(row => new TokenSummary(
        row.Id, row.User != null ? row.User.Name : row.Service!.Name, row.UserId != null)
    {
        Note = row.Note,
        Scopes = row.Scopes,
        ClientId = row.ClientId == OAuthClient.HubIdentifier ? null : row.ClientId,
        ClientName = row.ClientId == OAuthClient.HubIdentifier
            ? null
            : db.OAuthClients.Where(client => client.Identifier == row.ClientId).Select(client => client.Description).FirstOrDefault(),
        Created = row.Created,
        LastUse = row.LastActivity,
        Expires = row.ExpiresAt,
    });
}
