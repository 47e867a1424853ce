namespace JupyterHub.Proxy;

/// <summary>
/// Refuses state that other users of the machine may have written: a route of theirs in a journal would be handed the cookies of everybody, a
/// pid of theirs would be a process to end.
/// </summary>
internal static class FileTrust
{
    private const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <exception cref="IOException">The file, or any in its folder, may be another user's.</exception>
    public static void Require(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder) && File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherWrite))
        {
            throw new IOException($"everybody may write to the folder {folder}, and so put a file of their own there.");
        }

        if (File.Exists(path) && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new IOException($"others than its owner may write to {path}.");
        }
    }
}
