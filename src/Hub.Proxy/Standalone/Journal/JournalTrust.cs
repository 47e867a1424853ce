namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>
/// Refuses a journal that other users of the machine may have written: by a route of theirs they would be handed the cookies of everybody.
/// </summary>
internal static class JournalTrust
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
            throw new IOException($"everybody may write to the folder {folder}, and so put a journal of their own there.");
        }

        if (File.Exists(path) && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new IOException($"others than its owner may write to {path}.");
        }
    }
}
