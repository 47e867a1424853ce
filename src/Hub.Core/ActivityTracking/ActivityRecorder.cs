using System.Collections.Concurrent;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.ActivityTracking;

/// <summary>Writes when tokens and users were last seen, at most once per <see cref="JupyterHubOptions.ActivityResolution"/> (contract 1.7).</summary>
/// <remarks>
/// It is a note, not a condition: a request waits for it only for a moment, so that a database which is locked for a while (by a backup,
/// say) keeps nobody from what needs no writing. One note of each kind is under way at a time.
/// </remarks>
internal sealed class ActivityRecorder(IHubDatabase database, JupyterHubOptions options, TimeProvider time, ILogger<ActivityRecorder> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<(bool IsToken, int Id), bool> underWay = new();

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

        await NoteAsync(
            (IsToken: true, token.Id),
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
            await NoteAsync((IsToken: false, userId), (db, cancel) => TouchUserAsync(db, userId, now, cancel), cancellationToken);
        }
    }

    private async Task NoteAsync((bool IsToken, int Id) subject, Func<HubDbContext, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        if (!underWay.TryAdd(subject, true))
        {
            return;
        }

        try
        {
            await WriteAsync(subject, write).WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It goes on by itself.
        }
    }

    private async Task WriteAsync((bool IsToken, int Id) subject, Func<HubDbContext, CancellationToken, Task> write)
    {
        try
        {
            await database.WriteAsync(write, CancellationToken.None);
        }
#pragma warning disable CA1031 // A note that could not be written is no reason to refuse a request; the next use writes a later one.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            Log.ActivityNotWritten(logger, problem);
        }
        finally
        {
            underWay.TryRemove(subject, out _);
        }
    }

    private static Task<int> TouchUserAsync(HubDbContext db, int userId, DateTime now, CancellationToken cancellationToken) =>
        db.Users.Where(row => row.Id == userId).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastActivity, now), cancellationToken);

    private bool IsDue(DateTime? last, DateTime now) => last is null || now - last.Value >= TimeSpan.FromSeconds(options.ActivityResolution);
}
