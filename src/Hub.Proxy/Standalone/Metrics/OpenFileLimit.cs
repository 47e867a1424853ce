using System.Globalization;

namespace JupyterHub.Proxy.Standalone.Metrics;

/// <summary>How many files and sockets the process may have open.</summary>
internal static class OpenFileLimit
{
    private const string LimitsFile = "/proc/self/limits";
    private const string Line = "Max open files";

    /// <summary>Null where the system does not tell.</summary>
    public static long? Read()
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
}
