using System.Globalization;
using System.Runtime.InteropServices;

namespace JupyterHub.Core.Processes;

/// <summary>
/// Keeps open files from servers. The runtime marks what it opens; what the hub's parent left open, or a native library opened, is
/// marked here, in the hub's own process: each server would otherwise hold it.
/// </summary>
internal static class InheritedFiles
{
    private const int FirstAfterStandardStreams = 3;
    private const int MarkInsteadOfClosing = 4;
    private const int GetFlags = 1;
    private const int SetFlags = 2;
    private const int CloseOnExec = 1;

    /// <summary>Marks all open files but the standard streams, so that a program that is started does not get them.</summary>
    public static void KeepFromChildren()
    {
        try
        {
            if (CloseRange(FirstAfterStandardStreams, uint.MaxValue, MarkInsteadOfClosing) == 0)
            {
                return;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // An older C library; the slow way below does the same.
        }

        foreach (var file in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(file), NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor)
                && descriptor >= FirstAfterStandardStreams
                && Control(descriptor, GetFlags, 0) is >= 0 and var flags)
            {
                _ = Control(descriptor, SetFlags, flags | CloseOnExec);
            }
        }
    }

    [DllImport("libc", EntryPoint = "close_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CloseRange(uint first, uint last, int flags);

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int descriptor, int command, int argument);
}
