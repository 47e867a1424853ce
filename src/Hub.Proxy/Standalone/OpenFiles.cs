using System.Globalization;
using JupyterHub.Proxy.Forwarding;

namespace JupyterHub.Proxy.Standalone;

/// <summary>How many files and sockets the process may have open, and what of that connections may use.</summary>
internal static class OpenFiles
{
    private const string LimitsFile = "/proc/self/limits";
    private const string Line = "Max open files";
    private const string OpenOnes = "/proc/self/fd";

    // Libraries that are loaded when they are first needed, the journal, certificates that are read anew.
    private const long MostOwn = 256;

    /// <summary>The limit; null where the system does not tell.</summary>
    public static long? ReadLimit()
    {
        try
        {
            var line = File.Exists(LimitsFile) ? File.ReadLines(LimitsFile).FirstOrDefault(static line => line.StartsWith(Line, StringComparison.Ordinal)) : null;
            var soft = line?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
            return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What is left for connections of a limit, when so many are open at the start.</summary>
    public static SocketBudget BudgetOf(long? limit, long open)
    {
        if (limit is not { } most)
        {
            return SocketBudget.Unlimited;
        }

        var left = Math.Max(most - open, 0);
        return new SocketBudget(left - Math.Min(MostOwn, left / 2));
    }

    /// <summary>What is left for connections now.</summary>
    public static SocketBudget ReadBudget() =>
        ReadLimit() is { } limit ? BudgetOf(limit, Directory.EnumerateFileSystemEntries(OpenOnes).LongCount()) : SocketBudget.Unlimited;
}
