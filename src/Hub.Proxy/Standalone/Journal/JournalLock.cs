using JupyterHub.Core.Hosting;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone.Journal;

/// <summary>Keeps a second proxy away from a journal. The file itself cannot be locked: it is replaced now and then.</summary>
internal static class JournalLock
{
    // A proxy that is being replaced needs a moment to end.
    private const int Attempts = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static string PathOf(string journal) => journal + ".lock";

    /// <exception cref="HubStartupException">Another process has it.</exception>
    /// <exception cref="UntrustedFileException">The lock may be another user's.</exception>
    public static async Task<FileStream> TakeAsync(string journal, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return TrustedFile.OpenToReplace(PathOf(journal), FileShare.None, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
            catch (IOException problem) when (problem is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException or UntrustedFileException))
            {
                if (attempt == 1)
                {
                    Log.Waiting(logger, journal);
                }

                if (attempt == Attempts)
                {
                    throw new HubStartupException($"{journal} is in use by another proxy; name another file with --journal. ({problem.Message})");
                }
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
