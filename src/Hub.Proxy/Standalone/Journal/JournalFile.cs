using Microsoft.Win32.SafeHandles;

namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>A journal's file, open for adding to it. Only its owner may read it.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly FileStream stream;

    // Asked for once: the stream moves its position each time, with a call of the system.
    private readonly SafeFileHandle handle;
    private long length;
    private long flushed;

    private JournalFile(FileStream stream)
    {
        this.stream = stream;
        handle = stream.SafeFileHandle;
    }

    public long Length => Interlocked.Read(ref length);

    /// <summary>Makes an empty file, in place of one that is there.</summary>
    public static JournalFile Create(string path)
    {
        File.Delete(path);
        return new JournalFile(TrustedFile.Create(path, FileShare.ReadWrite | FileShare.Delete, UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    /// <summary>
    /// Adds bytes at the end: with the operating system when it returns, which keeps them when this process is killed. What could be written
    /// of bytes that have no room is written over by the next.
    /// </summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(handle, bytes, length);
        Interlocked.Add(ref length, bytes.Length);
    }

    /// <summary>Cuts off what is left of bytes that could not be added.</summary>
    public void CutTorn() => RandomAccess.SetLength(stream.SafeFileHandle, length);

    /// <summary>Sees to it that what was added outlives the machine's power. Does nothing when nothing was.</summary>
    public void Flush()
    {
        var reached = Length;
        if (reached != flushed)
        {
            RandomAccess.FlushToDisk(handle);
            flushed = reached;
        }
    }

    public void Dispose() => stream.Dispose();

    /// <summary>Closes it and removes it: it did not become what it was made for, and may take the room that the old one needs.</summary>
    public void Discard()
    {
        stream.Dispose();
        try
        {
            File.Delete(stream.Name);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The next one is made in its place, or not.
        }
    }
}
