using System.Buffers;
using JupyterHub.Proxy.ChpApi;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>
/// Remembers routes in a file. Changes are collected under a lock, in order; the first who commits writes for all who
/// came meanwhile, so one write serves many. A second later at most they are on the disk itself.
/// </summary>
internal sealed class RouteJournal(string path, FileStream exclusion, JournalCircumstances circumstances, ILogger<RouteJournal> logger) : IRouteJournal, IDisposable
{
    // A file below this is never worth rewriting.
    private const long Small = 1024 * 1024;

    private readonly JournalQueue queue = new();
    private readonly JournalWriter writer = new(path, logger);
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>True when the file takes more than twice the room that its routes need.</summary>
    public bool IsRewriteDue => writer.Length is not { } length || (length > Small && length > 2 * queue.Needed);

    /// <inheritdoc cref="JournalWriter.IsBroken"/>
    public bool IsBroken => writer.IsBroken;

    public long Length => writer.Length ?? 0;

    /// <inheritdoc/>
    public JournalBatch? Set(ChpRoute route, ChpRoute? before) => queue.Set(route, before);

    /// <inheritdoc/>
    public JournalBatch? Remove(ChpRoute removed) => queue.Remove(removed);

    /// <inheritdoc/>
    public JournalBatch? Latest() => queue.Latest();

    /// <inheritdoc/>
    public ValueTask CommitAsync(JournalBatch committed)
    {
        WriteWhatIsPending();

        // Somebody else is writing, which mostly takes less time than to wait for it and be woken up.
        for (var spin = new SpinWait(); !committed.IsWritten && !spin.NextSpinWillYield;)
        {
            spin.SpinOnce();
        }

        return committed.IsWritten ? default : new ValueTask(committed.Written);
    }

    /// <inheritdoc cref="JournalWriter.Flush"/>
    public void Flush() => writer.Flush();

    /// <summary>Tries once more to write what had no room. True when nothing is only in memory any more.</summary>
    public bool TrySettle()
    {
        if (writer.IsOwing && turn.Wait(0))
        {
            try
            {
                writer.Write([]);
            }
            finally
            {
                turn.Release();
            }

            WriteWhatIsPending();
        }

        return !IsBroken;
    }

    /// <summary>
    /// Writes all routes into a new file and puts it in the place of the old one; from the first time on, changes are
    /// remembered. Changes go on meanwhile. When it fails, the old file goes on as it is.
    /// </summary>
    public async Task RewriteAsync(ChpRoutes routes, bool isEnd, CancellationToken cancellationToken)
    {
        JournalFile? fresh = null;
        var since = new ArrayBufferWriter<byte>();
        try
        {
            var snapshot = routes.List(() => queue.BeginSnapshot(since));
            fresh = JournalFile.Create(path + ".new");
            JournalSnapshot.Write(fresh, circumstances, snapshot);
            fresh.Flush();
            await turn.WaitAsync(cancellationToken);
            try
            {
                Replace(fresh, since, isEnd);
                fresh = null;
            }
            finally
            {
                turn.Release();
            }
        }
        catch (Exception problem) when (JournalWriter.IsOfTheDisk(problem))
        {
            writer.NotReplaced(problem);
        }
        finally
        {
            queue.EndSnapshot();
            fresh?.Discard();
        }

        WriteWhatIsPending();
    }

    public void Dispose()
    {
        queue.Close();
        writer.Dispose();
        exclusion.Dispose();
        turn.Dispose();
    }

    // What was noted since the snapshot, written to the old file or not, goes behind it; from then on to the new file.
    private void Replace(JournalFile fresh, ArrayBufferWriter<byte> since, bool isEnd)
    {
        var (waiting, batch) = queue.Turn(isEnd);
        try
        {
            fresh.Append(since.WrittenSpan);
            if (isEnd)
            {
                fresh.Append(JournalSnapshot.End);
            }

            fresh.Flush();
            File.Move(path + ".new", path, overwrite: true);
            FolderFlush.Flush(path);
            writer.Replace(fresh);
        }
        catch (Exception problem) when (JournalWriter.IsOfTheDisk(problem))
        {
            writer.Write(waiting.WrittenSpan);
            throw;
        }
        finally
        {
            waiting.ResetWrittenCount();
            batch.Complete();
        }
    }

    // Whoever finds the place of the writer taken leaves: the one who has it looks again before it goes.
    private void WriteWhatIsPending()
    {
        while (queue.HasAny && turn.Wait(0))
        {
            try
            {
                var (bytes, batch) = queue.Take();
                writer.Write(bytes.WrittenSpan);
                bytes.ResetWrittenCount();
                batch.Complete();
            }
            finally
            {
                turn.Release();
            }
        }
    }
}
