namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>Makes a file's new name outlive the machine's power.</summary>
internal static class FolderFlush
{
    /// <summary>Flushes the folder of a file, where the system can.</summary>
    public static void Flush(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            using var folder = File.OpenHandle(Path.GetDirectoryName(Path.GetFullPath(file))!);
            RandomAccess.FlushToDisk(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // Not every file system lets a folder be opened; the rename itself is done.
        }
    }
}
