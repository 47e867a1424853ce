using System.Buffers;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>
/// Adds to the journal's file, one caller at a time. What the disk has no room for waits in memory and is added before anything else, so that
/// the file is always a whole journal of some moment.
/// </summary>
internal sealed class JournalWriter(string path, ILogger logger) : IDisposable
{
    // More than this is not kept for a disk that has no room; the file is written anew when it has.
    private const int MostOwed = 16 * 1024 * 1024;

    private readonly JournalTrouble trouble = new(path, logger);
    private ArrayBufferWriter<byte> owed = new();
    private volatile bool isOwing;
    private JournalFile? file;

    /// <summary>True when changes are only in memory, because writing failed.</summary>
    public bool IsBroken => isOwing || Volatile.Read(ref file) is null;

    public bool IsOwing => isOwing;

    /// <summary>Null when there is no file that could be added to.</summary>
    public long? Length => Volatile.Read(ref file)?.Length;

    /// <summary>A file system that is turned read-only says the second, a limit of a file's length (ulimit -f) the third, all else the first.</summary>
    public static bool IsOfTheDisk(Exception problem) => problem is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    /// <summary>Adds to the file, behind what is owed to it. Never fails: routes go on in memory, as a proxy that stops because a disk is full helps nobody.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (Volatile.Read(ref file) is not { } current)
        {
            return;
        }

        try
        {
            var wasOwing = isOwing;
            if (wasOwing)
            {
                current.Append(owed.WrittenSpan);
                Settle();
            }

            current.Append(bytes);
            if (wasOwing)
            {
                trouble.Settled();
            }
        }
        catch (Exception problem) when (IsOfTheDisk(problem))
        {
            Owe(current, bytes, problem);
        }
        catch (ObjectDisposedException)
        {
            // Bringing it to the disk failed meanwhile, which was told.
        }
    }

    /// <summary>Goes on with another file, which has everything.</summary>
    public void Replace(JournalFile fresh)
    {
        Interlocked.Exchange(ref file, fresh)?.Dispose();
        Settle();
        trouble.Replaced();
    }

    /// <summary>Tells that there is no other file to go on with.</summary>
    public void NotReplaced(Exception problem)
    {
        if (IsBroken)
        {
            trouble.Broken(problem);
        }
        else
        {
            trouble.NotRewritten(problem);
        }
    }

    /// <summary>Brings what was written to the disk; may be called while others write.</summary>
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

    public void Dispose() => file?.Dispose();

    private void Owe(JournalFile current, ReadOnlySpan<byte> bytes, Exception problem)
    {
        try
        {
            // Nothing behind half a record would ever be read.
            current.CutTorn();
        }
        catch (Exception worse) when (IsOfTheDisk(worse) || worse is ObjectDisposedException)
        {
            Break(worse);
            return;
        }

        owed.Write(bytes);
        isOwing = true;
        if (owed.WrittenCount > MostOwed)
        {
            Break(problem);
        }
        else
        {
            trouble.Broken(problem);
        }
    }

    // What is in the file is not known any more, or too much is missing: only writing it anew helps.
    private void Break(Exception problem)
    {
        trouble.Broken(problem);
        Interlocked.Exchange(ref file, null)?.Dispose();
    }

    private void Settle()
    {
        (owed, isOwing) = (new ArrayBufferWriter<byte>(), false);
    }
}
