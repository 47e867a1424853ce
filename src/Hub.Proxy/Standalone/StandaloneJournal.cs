using JupyterHub.Core.Hosting;
using JupyterHub.Proxy.Standalone.Journal;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone;

/// <summary>Takes hold of the journal, when one is wanted and can be had.</summary>
internal static class StandaloneJournal
{
    /// <summary>The lock; or null, with the reason if a journal was wanted.</summary>
    /// <exception cref="HubStartupException">Another process has it, or a journal that was asked for cannot be kept.</exception>
    public static async Task<(FileStream? Exclusion, string? Reason)> LockAsync(ProxySettings settings, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        if (settings.JournalFile is not { } file)
        {
            return (null, null);
        }

        try
        {
            FileTrust.Require(file);
            return (await JournalLock.TakeAsync(file, time, logger, cancellationToken), null);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return settings.IsJournalOptional
                ? (null, problem.Message)
                : throw new HubStartupException($"--journal: {problem.Message}");
        }
    }
}
