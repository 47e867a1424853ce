namespace JupyterHub.Proxy;

/// <summary>
/// Opens files that <see cref="FileTrust"/> believes. A name may lead to another file at any moment, in a folder like /tmp to anybody's: what
/// counts is whose the file is that was opened, and that the name stands for it, rather than for a link that leads there.
/// </summary>
internal static class TrustedFile
{
    // Files of our own are replaced as well, by renaming; whoever looks during that looks again.
    private const int Attempts = 100;
    private const int Exists = 17;
    private const int ExistsOnWindows = unchecked((int)0x80070050);

    /// <summary>Opens a file for reading; null if there is none.</summary>
    /// <exception cref="UntrustedFileException">It may be another user's.</exception>
    public static FileStream? OpenRead(string path, int bufferSize = 4096) => Open(path, FileTrust.Doubt, () =>
    {
        FileTrust.Require(path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    });

    /// <summary>
    /// Opens a file whose content is not used, made with a mode when there is none. One of our own that others may write to gets that mode: an
    /// earlier process may have left it so.
    /// </summary>
    /// <exception cref="UntrustedFileException">It may be another user's.</exception>
    public static FileStream OpenToReplace(string path, FileShare share, UnixFileMode mode) => Open(path, (file, name) => FileTrust.Tighten(file, name, mode), () =>
    {
        FileTrust.Require(path, isContentUsed: false);
        return OpenOrMake(path, share, mode);
    })!;

    /// <summary>Makes a file, in the place of none.</summary>
    /// <exception cref="IOException">There is something.</exception>
    public static FileStream Create(string path, FileShare share, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        return new FileStream(path, options);
    }

    /// <summary>Whether a name stands for an open file, which is closed if not, or if it is not to be trusted.</summary>
    /// <exception cref="UntrustedFileException">There is a doubt.</exception>
    internal static bool IsAt(string path, FileStream file, Func<FileStream, string, string?> doubt)
    {
        try
        {
            if (FileStatus.Of(file.SafeFileHandle) is { } opened && FileStatus.Of(path)?.Identity != opened.Identity)
            {
                file.Dispose();
                return false;
            }

            return doubt(file, path) is { } reason ? throw new UntrustedFileException(reason) : true;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static FileStream? Open(string path, Func<FileStream, string, string?> doubt, Func<FileStream?> open)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (open() is not { } file)
            {
                return null;
            }

            if (IsAt(path, file, doubt))
            {
                return file;
            }
        }

        throw new UntrustedFileException($"{path} is exchanged for another file all the time. Name a file in a folder that is yours alone.");
    }

    // Never both at once, which would make a file wherever a link leads.
    private static FileStream OpenOrMake(string path, FileShare share, UnixFileMode mode)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, share, bufferSize: 0);
            }
            catch (FileNotFoundException)
            {
                // Made below.
            }

            try
            {
                return Create(path, share, mode);
            }
            catch (IOException problem) when (problem.HResult is Exists or ExistsOnWindows && attempt < Attempts)
            {
                // Somebody was faster.
            }
        }
    }
}
