using System.Runtime.InteropServices;

namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>Makes a file's new name outlive the machine's power (fsync(2) of its folder; the platform opens no folders).</summary>
internal static class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>Flushes the folder of a file. False where the system cannot: not every file system lets a folder be flushed, and the rename itself is done.</summary>
    public static bool Flush(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var folder = Open(Path.GetDirectoryName(Path.GetFullPath(file))!, ReadOnly);
        if (folder < 0)
        {
            return false;
        }

        var isFlushed = Synchronize(folder) == 0;
        _ = Close(folder);
        return isFlushed;
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Synchronize(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
