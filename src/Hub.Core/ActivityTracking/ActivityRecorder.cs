using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Tokens;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.ActivityTracking;

/// <summary>Writes when tokens and users were last seen, at most once per <see cref="JupyterHubOptions.ActivityResolution"/> (contract 1.7).</summary>
internal sealed class ActivityRecorder(IHubDatabase database, JupyterHubOptions options, TimeProvider time)
{
    /// <summary>Notes of the tokens that started servers hold; what they do on their own is no activity of their owner.</summary>
    public const string ServerTokenNotePrefix = "Server at ";

    public async Task RecordTokenUseAsync(HubToken token, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var countsForOwner = token.Note?.StartsWith(ServerTokenNotePrefix, StringComparison.Ordinal) != true;
        var tokenDue = IsDue(token.LastActivity, now);
        var ownerDue = countsForOwner && token.User is { } owner && IsDue(owner.LastActivity, now);
        if (!tokenDue && !ownerDue)
        {
            return;
        }

        await database.WriteAsync(
            async (db, cancel) =>
            {
                if (tokenDue)
                {
                    await db.Tokens.Where(row => row.Id == token.Id)
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastActivity, now), cancel);
                }

                if (ownerDue)
                {
                    await TouchUserAsync(db, token.UserId!.Value, now, cancel);
                }
            },
            cancellationToken);
    }

    public async Task RecordUserAsync(int userId, DateTime? lastKnown, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (IsDue(lastKnown, now))
        {
            await database.WriteAsync((db, cancel) => TouchUserAsync(db, userId, now, cancel), cancellationToken);
        }
    }

    private static Task<int> TouchUserAsync(HubDbContext db, int userId, DateTime now, CancellationToken cancellationToken) =>
        db.Users.Where(row => row.Id == userId).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastActivity, now), cancellationToken);

    private bool IsDue(DateTime? last, DateTime now) => last is null || now - last.Value >= TimeSpan.FromSeconds(options.ActivityResolution);
}
