using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tokens;

/// <summary>Finds the stored token that a caller presents.</summary>
internal sealed class TokenFinder(IHubDatabase database, TimeProvider time)
{
    /// <summary>The token with its user or service; null if it is unknown, expired, or belongs to nobody.</summary>
    /// <remarks>A token whose OAuth client is gone is deleted on the way: the client's end should have taken it along.</remarks>
    public async Task<HubToken?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(token) || token.Length > TokenHash.MaxTokenLength)
        {
            return null;
        }

        var found = await database.ReadAsync((context, cancel) => FindAsync(context, token, time, cancel), cancellationToken);
        if (found is { ClientId: null })
        {
            // The client is asked for again: between reading and writing the id may have gone to another token.
            await database.WriteAsync(
                (context, cancel) => context.Tokens.Where(row => row.Id == found.Id && row.Hashed == found.Hashed && row.ClientId == null).ExecuteDeleteAsync(cancel),
                cancellationToken);
            return null;
        }

        return found is { User: null, Service: null } ? null : found;
    }

    /// <summary>The unexpired row of this value, whoever owns it.</summary>
    internal static async Task<HubToken?> FindAsync(HubDbContext context, string token, TimeProvider time, CancellationToken cancellationToken)
    {
        var prefix = TokenHash.PrefixOf(token);
        var now = time.GetHubTime();
        var candidates = await context.Tokens
            .AsNoTracking()
            .Include(row => row.User)
            .Include(row => row.Service)
            .Where(row => row.Prefix == prefix && (row.ExpiresAt == null || row.ExpiresAt >= now))
            .OrderBy(row => row.Id)
            .ToListAsync(cancellationToken);
        return candidates.Find(row => TokenHash.Verify(token, row.Hashed));
    }
}
