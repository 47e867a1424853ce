using JupyterHub.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Sqlite;

/// <summary>Writes that share one transaction, and so one wait for the disk. Each but the first has a savepoint: what fails takes back only its own.</summary>
/// <remarks>Nobody is told of success before the commit. A transaction that breaks as a whole fails all of its writes.</remarks>
internal sealed class WriteBatch(HubDbContext context, SqliteTransaction transaction)
{
    /// <summary>Those that were written wait for the others, for so many at most: failures take time as well.</summary>
    private const int Most = 64;

    private const string Savepoint = "hub_write";

    private readonly List<IQueuedWrite> written = [];
    private int tried;

    /// <summary>Runs the writes and commits them.</summary>
    /// <param name="first">The first.</param>
    /// <param name="next">Gives another that waits, or null.</param>
    /// <returns>The change version that was committed; null if nothing was.</returns>
    public async Task<long?> RunAsync(IQueuedWrite first, Func<IQueuedWrite?> next)
    {
        try
        {
            for (IQueuedWrite? write = first; write is not null; write = written.Count > 0 && tried < Most ? next() : null)
            {
                tried++;
                await RunAsync(write);
                context.ChangeTracker.Clear();
            }

            return written.Count == 0 ? null : await CommitAsync();
        }
#pragma warning disable CA1031 // Every failure belongs to those who asked for the writes, and none may stop the queue.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            written.ForEach(write => write.Fail(exception));
            return null;
        }
    }

    private async Task RunAsync(IQueuedWrite write)
    {
        var isFirst = written.Count == 0;
        try
        {
            if (!isFirst)
            {
                transaction.Save(Savepoint);
            }

            await write.RunAsync(context);
            if (!isFirst)
            {
                transaction.Release(Savepoint);
            }
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            write.Fail(exception);
            if (!isFirst)
            {
                transaction.Rollback(Savepoint);
                transaction.Release(Savepoint);
            }

            return;
        }

        written.Add(write);
    }

    private async Task<long> CommitAsync()
    {
        var version = transaction.Connection!.ReadChangeVersion();

        // From here on it is not asked whether to go on: the callers learn what became of their writes.
        await transaction.CommitAsync(CancellationToken.None);
        return version;
    }

    /// <summary>Tells the callers, once everybody can see what they wrote.</summary>
    public void Succeed() => written.ForEach(write => write.Succeed());
}
