namespace JupyterHub.Proxy;

/// <summary>
/// Doubts state that other users of the machine may have written: a route of theirs in a journal would be handed the cookies of everybody, a
/// pid of theirs would be a process to end. Whoever may write to a folder may put another file into the place of one there, unless its sticky
/// bit (as that of /tmp) says that files are their owners' only.
/// </summary>
internal static class FileTrust
{
    private const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <exception cref="UntrustedFileException">The file, or any in its folder, may be another user's.</exception>
    public static void Require(string path, bool isContentUsed = true)
    {
        if (Doubt(path, isContentUsed) is { } doubt)
        {
            throw new UntrustedFileException(doubt);
        }
    }

    /// <summary>
    /// Why a file, there or yet to be made, is not believed, and what to do; null if it is. One of our own that others may write to will do
    /// when its content is not used. Before it is read or written, what was opened by that name is to be asked for as well.
    /// </summary>
    public static string? Doubt(string path, bool isContentUsed = true) => OperatingSystem.IsWindows() ? null
        : Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && Directory.Exists(folder) && DoubtFolder(folder) is { } doubt ? doubt
        : DoubtFile(path, isContentUsed);

    /// <summary>Why a file that is open is not believed; null if it is.</summary>
    public static string? Doubt(FileStream file, string path) => OperatingSystem.IsWindows() ? null
        : Doubt(path, FileStatus.Of(file.SafeFileHandle), File.GetUnixFileMode(file.SafeFileHandle));

    /// <summary>Takes the right to write to an open file from others, if it is our own. Returns why it is not believed; null if it is.</summary>
    public static string? Tighten(FileStream file, string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0
            && FileStatus.Of(file.SafeFileHandle) is { IsOwnUnderOneName: true })
        {
            File.SetUnixFileMode(file.SafeFileHandle, mode);
        }

        return Doubt(file, path);
    }

    private static string? DoubtFolder(string folder)
    {
        var status = FileStatus.Of(new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder);
        if (status is { IsOurs: false })
        {
            return $"the folder {folder} belongs to another user, who could put a file of their own there. Name a file in a folder of your own or of root's.";
        }

#pragma warning disable CA1416 // Not reached on Windows.
        var mode = File.GetUnixFileMode(folder);
#pragma warning restore CA1416
        if ((mode & Others) == 0 || (mode.HasFlag(UnixFileMode.StickyBit) && status is not null))
        {
            return null;
        }

        var who = mode.HasFlag(UnixFileMode.OtherWrite) ? "everybody" : "its group";
        return $"{who} may write to the folder {folder}, and so put a file of their own there. Take that right away (chmod go-w), or name a file in a folder that is yours alone.";
    }

    private static string? DoubtFile(string path, bool isContentUsed)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
        {
            return $"{path} is a symbolic link. Name the file that it leads to.";
        }

        if (!file.Exists)
        {
            return Directory.Exists(path) ? $"{path} is a folder. Name a file in it." : null;
        }

        var status = FileStatus.Of(path);
#pragma warning disable CA1416 // Not reached on Windows.
        return !isContentUsed && status is { IsOwnUnderOneName: true } ? null : Doubt(path, status, file.UnixFileMode);
#pragma warning restore CA1416
    }

    private static string? Doubt(string path, FileStatus? status, UnixFileMode mode) =>
        status is { IsOurs: false } ? $"{path} belongs to another user. Remove it, or name another file."
        : (mode & Others) == 0 ? null
        : $"others than its owner may write to {path}. Take that right away (chmod go-w), after a look at what it says, or remove it.";
}
