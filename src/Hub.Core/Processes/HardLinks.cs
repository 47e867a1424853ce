using System.Runtime.InteropServices;

namespace JupyterHub.Core.Processes;

/// <summary>Gives files a second name (link(2)): the one way to name a finished file that never replaces another.</summary>
internal static class HardLinks
{
    private const int Exists = 17;

    /// <summary>
    /// Names a file, which may keep its first name, unless something has that name: of many who try at once one succeeds. The platform's own
    /// move looks and then renames, which the later of two does over the earlier one's file.
    /// </summary>
    /// <exception cref="IOException">Neither can be done.</exception>
    public static bool TryName(string file, string name)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(file, name) == 0)
            {
                return true;
            }

            if (Marshal.GetLastPInvokeError() == Exists)
            {
                return false;
            }
        }

        return TryMove(file, name);
    }

    /// <summary>Exact on Windows; elsewhere for file systems that know no links.</summary>
    private static bool TryMove(string file, string name)
    {
        try
        {
            File.Move(file, name, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(name))
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string file, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
