using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Data;
using JupyterHub.Core.OAuth;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tokens;

/// <summary>Revokes tokens.</summary>
internal sealed class TokenDeletion(IHubDatabase database)
{
    /// <summary>
    /// Revokes a token. One that a server or service obtained takes along all others which that client holds for the user:
    /// to the person it is one permission. False if the user has no such token.
    /// </summary>
    public Task<bool> DeleteAsync(string userName, int id, CancellationToken cancellationToken) => database.WriteAsync(
        async (db, token) =>
        {
            var found = await db.Tokens
                .Where(row => row.Id == id && row.User!.Name == userName)
                .Select(row => new { row.UserId, row.ClientId })
                .SingleOrDefaultAsync(token);
            if (found is null)
            {
                return false;
            }

            var isOwn = found.ClientId is null or OAuthClient.HubIdentifier;
            await db.Tokens
                .Where(row => row.UserId == found.UserId && (isOwn ? row.Id == id : row.ClientId == found.ClientId))
                .ExecuteDeleteAsync(token);
            return true;
        },
        cancellationToken);

    /// <summary>Revokes all tokens that were asked for, and tells how many: not those of servers that run, nor those of applications.</summary>
    public Task<int> DeleteRequestedAsync(string userName, CancellationToken cancellationToken) => database.WriteAsync(
        async (db, token) =>
        {
            var userId = await db.Users.Where(user => user.Name == userName).Select(user => (int?)user.Id).SingleOrDefaultAsync(token);
            return await db.Tokens
                .Where(row => row.UserId == userId && row.ClientId == OAuthClient.HubIdentifier
                    && (row.Note == null || !row.Note.StartsWith(ActivityRecorder.ServerTokenNotePrefix)))
                .ExecuteDeleteAsync(token);
        },
        cancellationToken);

    /// <summary>Revokes a token of a service. False if the service has no such token.</summary>
    public Task<bool> DeleteOfServiceAsync(string serviceName, int id, CancellationToken cancellationToken) => database.WriteAsync(
        async (db, token) => await db.Tokens.Where(row => row.Id == id && row.Service!.Name == serviceName).ExecuteDeleteAsync(token) > 0,
        cancellationToken);
}
