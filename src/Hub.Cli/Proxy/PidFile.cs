using System.Globalization;
using System.Text;
using JupyterHub.Core.Hosting;
using JupyterHub.Proxy;

namespace JupyterHub.Cli.Proxy;

/// <summary>
/// A file that tells our process id for as long as we run. It is locked meanwhile, which ends with the process whatever becomes of that: the
/// number in a file that was left behind may be another program's by now, and says nothing.
/// </summary>
internal sealed class PidFile : IDisposable
{
    private const UnixFileMode ForAllToRead = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const int TryAgain = 11;
    private const int AccessDenied = 13;

    private readonly FileStream file;

    private PidFile(FileStream file) => this.file = file;

    private static string Own => Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    /// <exception cref="ProxyUsageException">It cannot be written.</exception>
    /// <exception cref="HubStartupException">It is another proxy's that runs, or may be changed by other users.</exception>
    public static PidFile? Write(string? path)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            var file = TrustedFile.OpenToReplace(Path.GetFullPath(path), FileShare.ReadWrite | FileShare.Delete, ForAllToRead);
            try
            {
                Lock(file);
                file.SetLength(0);
                file.Write(Encoding.ASCII.GetBytes(Own));
                return new PidFile(file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (UntrustedFileException problem)
        {
            throw new HubStartupException($"--pid-file: {problem.Message}");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ProxyUsageException($"--pid-file: {problem.Message}");
        }
    }

    /// <summary>Removes the file, unless it is somebody else's by now.</summary>
    public void Dispose()
    {
        try
        {
            if (File.ReadAllText(file.Name).Trim() == Own)
            {
                File.Delete(file.Name);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Whoever started us may have removed it first.
        }

        file.Dispose();
    }

    // Of a kind that those who only read the file do not meet.
    private static void Lock(FileStream file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            file.Lock(0, 1);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            if (IsHeld(problem))
            {
                throw new HubStartupException($"--pid-file: {file.Name} is in use by another proxy that runs; give each its own. ({problem.Message})");
            }

            // A file system without locks, as some of those are that come over a network: the doors keep a second proxy away as well.
        }
    }

    /// <summary>Whether a lock was refused because another process has it; either number of the system's may say so (fcntl(2)).</summary>
    internal static bool IsHeld(Exception problem) =>
        problem.HResult is TryAgain or AccessDenied || problem is UnauthorizedAccessException { InnerException.HResult: AccessDenied };
}
