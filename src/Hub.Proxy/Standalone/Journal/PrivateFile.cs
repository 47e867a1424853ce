namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>Opens files that are nobody else's business.</summary>
internal static class PrivateFile
{
    /// <summary>Opens a file; one that is made is readable and writable by its owner only, where the system knows such a thing.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
