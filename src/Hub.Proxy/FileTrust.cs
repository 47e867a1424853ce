namespace JupyterHub.Proxy;

/// <summary>
/// Doubts state that other users of the machine may have written: a route of theirs in a journal would be handed the cookies of everybody, a
/// pid of theirs would be a process to end. Whoever may write to a folder may put another file into the place of one there, unless its sticky
/// bit (as that of /tmp) says that files are their owners' only.
/// </summary>
internal static class FileTrust
{
    private const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <exception cref="IOException">The file, or any in its folder, may be another user's.</exception>
    public static void Require(string path)
    {
        if (Doubt(path) is { } doubt)
        {
            throw new IOException(doubt);
        }
    }

    /// <summary>Why a file, there or yet to be made, is not believed, and what to do; null if it is.</summary>
    public static string? Doubt(string path) => OperatingSystem.IsWindows() ? null
        : Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && Directory.Exists(folder) && DoubtFolder(folder) is { } doubt ? doubt
        : DoubtFile(path);

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

    private static string? DoubtFile(string path)
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

        if (FileStatus.Of(path) is { IsOurs: false })
        {
            return $"{path} belongs to another user. Remove it, or name another file.";
        }

#pragma warning disable CA1416 // Not reached on Windows.
        return (file.UnixFileMode & Others) == 0
#pragma warning restore CA1416
            ? null
            : $"others than its owner may write to {path}. Take that right away (chmod go-w), after a look at what it says, or remove it.";
    }
}
