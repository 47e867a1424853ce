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

    private readonly Lock gate = new();
    private readonly SemaphoreSlim writer = new(1, 1);
    private ArrayBufferWriter<byte> pending = new();
    private ArrayBufferWriter<byte> spare = new();
    private ArrayBufferWriter<byte>? sinceSnapshot;
    private JournalBatch batch = new();
    private JournalFile? file;
    private long compactLength;
    private bool isOpen;

    /// <summary>True when the file takes more than twice the room that its routes need.</summary>
    public bool IsRewriteDue => Volatile.Read(ref file) is not { } current || (current.Length > Small && current.Length > 2 * compactLength);

    /// <summary>True when changes are only in memory, because writing failed.</summary>
    public bool IsBroken => Volatile.Read(ref file) is null;

    public long Length => Volatile.Read(ref file)?.Length ?? 0;

    /// <inheritdoc/>
    public JournalBatch? Set(ChpRoute route)
    {
        lock (gate)
        {
            if (!isOpen)
            {
                return null;
            }

            var start = pending.WrittenCount;
            JournalFormat.WriteSet(pending, route);
            sinceSnapshot?.Write(pending.WrittenSpan[start..]);
            return batch;
        }
    }

    /// <inheritdoc/>
    public JournalBatch? Remove(ChpPath removed)
    {
        lock (gate)
        {
            if (!isOpen)
            {
                return null;
            }

            var start = pending.WrittenCount;
            JournalFormat.WriteRemove(pending, removed);
            sinceSnapshot?.Write(pending.WrittenSpan[start..]);
            return batch;
        }
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(JournalBatch committed)
    {
        WriteWhatIsPending();
        return new ValueTask(committed.Written);
    }

    /// <summary>Brings what was written to the disk.</summary>
    public void Flush()
    {
        try
        {
            Volatile.Read(ref file)?.Flush();
        }
        catch (IOException problem)
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
            var snapshot = routes.List(() => BeginSnapshot(since));
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
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Break(problem);
        }
        finally
        {
            EndSnapshot();
            fresh?.Dispose();
        }

        WriteWhatIsPending();
    }

    public void Dispose()
    {
        lock (gate)
        {
            isOpen = false;
        }

        file?.Dispose();
        exclusion.Dispose();
        writer.Dispose();
    }

    private void BeginSnapshot(ArrayBufferWriter<byte> since)
    {
        lock (gate)
        {
            isOpen = true;
            sinceSnapshot = since;
        }
    }

    // Only the rewriting itself ends it: when writing to the old file fails meanwhile, what was noted still belongs to the new one.
    private void EndSnapshot()
    {
        lock (gate)
        {
            sinceSnapshot = null;
        }
    }

    // What was noted since the snapshot, written to the old file or not, goes behind it; from then on to the new file.
    private void Replace(JournalFile fresh, ArrayBufferWriter<byte> since, bool isEnd)
    {
        ReadOnlyMemory<byte> tail;
        JournalBatch done;
        lock (gate)
        {
            tail = since.WrittenMemory;
            sinceSnapshot = null;
            pending.ResetWrittenCount();
            (done, batch) = (batch, new JournalBatch());
            isOpen = !isEnd;
        }

        try
        {
            fresh.Append(tail.Span);
            if (isEnd)
            {
                fresh.Append(JournalSnapshot.End);
            }

            fresh.Flush();
            File.Move(path + ".new", path, overwrite: true);
            FolderFlush.Flush(path);
            compactLength = fresh.Length;
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
        while (HasPending() && writer.Wait(0))
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

    private bool HasPending()
    {
        lock (gate)
        {
            return pending.WrittenCount > 0;
        }
    }

    private void WriteBatch()
    {
        JournalBatch writing;
        ArrayBufferWriter<byte> bytes;
        lock (gate)
        {
            (writing, batch) = (batch, new JournalBatch());
            (bytes, pending, spare) = (pending, spare, pending);
        }

        try
        {
            file?.Append(bytes.WrittenSpan);
        }
        catch (IOException problem)
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

    // Half a record may be at the end now, and nothing behind it would ever be read: the whole file has to be written anew.
    // Routes go on in memory; a proxy that stops routing because a disk is full helps nobody.
    private void Break(Exception problem)
    {
        Log.Broken(logger, path, problem.Message);
        Interlocked.Exchange(ref file, null)?.Dispose();
    }
}
