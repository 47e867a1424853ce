using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.ActivityTracking;

/// <summary>Activity that is known to this hub and not yet written. Whoever shows a time asks here for the later one.</summary>
/// <remarks>
/// Nobody who notes or asks waits for the database. <see cref="ActivityFlush"/> writes what has gathered; what could not be written stays for
/// the next time, and what there is no room for is dropped with a warning.
/// </remarks>
internal sealed class PendingActivity(IHubDatabase database, TimeProvider time, ILogger<PendingActivity> logger)
{
    /// <summary>Rows of each table that may wait to be written.</summary>
    internal const int Capacity = 50_000;

    /// <summary>So many notes of each table in one transaction, to let other writes in between.</summary>
    private const int BatchSize = 4096;

    /// <summary>A query that sorts by activity waits for the database only for a moment: one that is locked for a while stops no reading.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly ActivityNotes users = new(Capacity);
    private readonly ActivityNotes tokens = new(Capacity);
    private readonly ActivityNotes spawners = new(Capacity);
    private readonly Lock gate = new();
    private Task? waiting;
    private int failing;
    private int full;

    /// <summary>True if nothing waits to be written.</summary>
    public bool IsAllWritten => users.IsAllWritten && tokens.IsAllWritten && spawners.IsAllWritten;

    public DateTime? OfUser(int id, DateTime? stored) => users.Later(id, stored);

    public DateTime? OfToken(int id, DateTime? stored) => tokens.Later(id, stored);

    public DateTime? OfSpawner(int id, DateTime? stored) => spawners.Later(id, stored);

    /// <summary>When the user of this row was seen last, as far as this hub knows.</summary>
    public DateTime? LastOf(HubUser row) => users.LastOf(row.Id, row.CookieId, row.LastActivity);

    /// <inheritdoc cref="LastOf(HubUser)"/>
    public DateTime? LastOf(HubToken row) => tokens.LastOf(row.Id, row.Hashed, row.LastActivity);

    public void Note(HubUser row, DateTime at) => Note(users, row.Id, new ActivityNote(row.CookieId, "", row.LastActivity, HubTime.Normalize(at)));

    public void Note(HubToken row, DateTime at) => Note(tokens, row.Id, new ActivityNote(row.Hashed, "", row.LastActivity, HubTime.Normalize(at)));

    public void Note(HubUser owner, HubSpawner row, DateTime at) =>
        Note(spawners, row.Id, new ActivityNote(owner.CookieId, row.Name, row.LastActivity, HubTime.Normalize(at)));

    /// <summary>Writes everything now: for queries that sort or filter by activity in the database.</summary>
    /// <remarks>Waits only for a moment, and never fails because the database does: what is not written then is written later.</remarks>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (IsAllWritten)
        {
            return;
        }

        try
        {
            await WriteAsync().WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It goes on by itself.
        }
    }

    /// <summary>Completes when what is noted now is written, or could not be. One write waits for its turn at a time, and whoever asks meanwhile shares it.</summary>
    internal Task WriteAsync()
    {
        lock (gate)
        {
            return waiting ??= Task.Run(WriteAllAsync);
        }
    }

    /// <summary>Forgets what was written, but for what is needed to write no more often than wanted.</summary>
    internal void NextRound(TimeSpan resolution)
    {
        var before = time.GetHubTime() - resolution;
        users.NextRound(before);
        tokens.NextRound(before);
        spawners.NextRound(before);
    }

    private void Note(ActivityNotes notes, int id, ActivityNote note)
    {
        if (!notes.Add(id, note) && Interlocked.Exchange(ref full, 1) == 0)
        {
            Log.ActivityDropped(logger, Capacity);
        }
    }

    private async Task WriteAllAsync()
    {
        var hasBegun = false;
        try
        {
            ActivityBatch batch;
            do
            {
                batch = await database.WriteAsync(WriteBatchAsync, CancellationToken.None);
                users.MarkWritten(batch.Users);
                tokens.MarkWritten(batch.Tokens);
                spawners.MarkWritten(batch.Spawners);
            }
            while (batch.Largest == BatchSize);
            Succeed();
        }
#pragma warning disable CA1031 // Whatever keeps the database from being written: the notes stay for the next time.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            Fail(problem);
        }
        finally
        {
            Begin();
        }

        async Task<ActivityBatch> WriteBatchAsync(HubDbContext context, CancellationToken cancellationToken)
        {
            Begin();
            var batch = new ActivityBatch(users.Take(BatchSize), tokens.Take(BatchSize), spawners.Take(BatchSize));
            await ActivityWrite.Users.RunAsync(context, batch.Users, cancellationToken);
            await ActivityWrite.Tokens.RunAsync(context, batch.Tokens, cancellationToken);
            await ActivityWrite.Spawners.RunAsync(context, batch.Spawners, cancellationToken);
            return batch;
        }

        // What is noted from here on may not be part of this write: whoever wants it written asks for another.
        void Begin()
        {
            if (!hasBegun)
            {
                hasBegun = true;
                lock (gate)
                {
                    waiting = null;
                }
            }
        }
    }

    private void Succeed()
    {
        Volatile.Write(ref full, 0);
        if (Interlocked.Exchange(ref failing, 0) == 1)
        {
            Log.ActivityWrittenAgain(logger);
        }
    }

    private void Fail(Exception problem)
    {
        if (Interlocked.Exchange(ref failing, 1) == 0)
        {
            Log.ActivityNotWritten(logger, problem);
        }
    }
}
