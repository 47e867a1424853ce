using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.OAuth;

/// <summary>Whether a person is asked before a client gets a token (contract 6.3, step 10).</summary>
internal static class ConsentRule
{
    public static async Task<bool> IsNeededAsync(
        HubDbContext context, RegisteredClient client, int userId, IReadOnlyCollection<string> scopes, DateTime now, CancellationToken cancellationToken)
    {
        if (client.Owner is { NeedsNoConsent: true } || client.Owner?.ServerOwnerId == userId)
        {
            return false;
        }

        // A token that has expired is no consent any more.
        var identifier = client.Row.Identifier;
        var granted = await context.Tokens.AsNoTracking()
            .Where(row => row.UserId == userId && row.ClientId == identifier && (row.ExpiresAt == null || row.ExpiresAt >= now))
            .Select(row => row.Scopes)
            .ToListAsync(cancellationToken);
        return granted.Count == 0 || scopes.Except(granted.SelectMany(held => held)).Any();
    }
}
