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
    private readonly SemaphoreSlim writer = new(1, 1);
    private JournalFile? file;

    /// <summary>True when the file takes more than twice the room that its routes need.</summary>
    public bool IsRewriteDue => Volatile.Read(ref file) is not { } current || (current.Length > Small && current.Length > 2 * queue.Needed);

    /// <summary>True when changes are only in memory, because writing failed.</summary>
    public bool IsBroken => Volatile.Read(ref file) is null;

    public long Length => Volatile.Read(ref file)?.Length ?? 0;

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

    /// <summary>Brings what was written to the disk.</summary>
    public void Flush()
    {
        try
        {
            Volatile.Read(ref file)?.Flush();
        }
        catch (Exception problem) when (IsOfTheDisk(problem))
        {
            Break(problem);
        }
        catch (ObjectDisposedException)
        {
            // Replaced meanwhile, by a file that is flushed.
        }
    }

    /// <summary>
    /// Writes all routes into a new file and puts it in the place of the old one; from the first time on, changes are
    /// remembered. Changes go on meanwhile.
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
            await writer.WaitAsync(cancellationToken);
            try
            {
                Replace(fresh, since, isEnd);
                fresh = null;
            }
            finally
            {
                writer.Release();
            }
        }
        catch (Exception problem) when (IsOfTheDisk(problem))
        {
            Break(problem);
        }
        finally
        {
            queue.EndSnapshot();
            fresh?.Dispose();
        }

        WriteWhatIsPending();
    }

    public void Dispose()
    {
        queue.Close();
        file?.Dispose();
        exclusion.Dispose();
        writer.Dispose();
    }

    // What was noted since the snapshot, written to the old file or not, goes behind it; from then on to the new file.
    private void Replace(JournalFile fresh, ArrayBufferWriter<byte> since, bool isEnd)
    {
        var done = queue.Turn(isEnd);
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
            Interlocked.Exchange(ref file, fresh)?.Dispose();
        }
        finally
        {
            done.Complete();
        }
    }

    // Whoever finds the place of the writer taken leaves: the one who has it looks again before it goes.
    private void WriteWhatIsPending()
    {
        while (queue.HasAny && writer.Wait(0))
        {
            try
            {
                WriteBatch();
            }
            finally
            {
                writer.Release();
            }
        }
    }

    private void WriteBatch()
    {
        var (bytes, writing) = queue.Take();
        try
        {
            file?.Append(bytes.WrittenSpan);
        }
        catch (Exception problem) when (IsOfTheDisk(problem))
        {
            Break(problem);
        }
        catch (ObjectDisposedException)
        {
            // Bringing it to the disk failed meanwhile, which was told.
        }
        finally
        {
            bytes.ResetWrittenCount();
            writing.Complete();
        }
    }

    // A file system that is turned read-only says the one, one that is out of room the other.
    private static bool IsOfTheDisk(Exception problem) => problem is IOException or UnauthorizedAccessException;

    // Half a record may be at the end now, and nothing behind it would ever be read: the whole file has to be written anew.
    // Routes go on in memory; a proxy that stops routing because a disk is full helps nobody.
    private void Break(Exception problem)
    {
        Log.Broken(logger, path, problem.Message);
        Interlocked.Exchange(ref file, null)?.Dispose();
    }
}
