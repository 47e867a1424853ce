using System.Globalization;

namespace JupyterHub.Core.Processes;

/// <summary>What <c>/proc/&lt;pid&gt;/stat</c> says about a process (proc(5)).</summary>
/// <param name="State">State letter of the first thread: <c>Z</c> and <c>X</c> are dead.</param>
/// <param name="Session">Process id of the session's leader.</param>
/// <param name="Threads">Threads that are left, the first one included even when it is dead.</param>
/// <param name="StartTime">Clock ticks between boot and the process's start: with the pid it names a process for good.</param>
internal readonly record struct ProcessStat(char State, int Session, int Threads, long StartTime)
{
    private const int StateField = 0;
    private const int SessionField = 3;
    private const int ThreadsField = 17;
    private const int StartTimeField = 19;

    /// <summary>While another thread than the first one is left, whichever way that one has ended, the process holds its files and ports.</summary>
    public bool IsAlive => State is not ('X' or 'x') && (State != 'Z' || Threads > 1);

    /// <summary>Null if there is no such process.</summary>
    public static ProcessStat? Read(int pid)
    {
        try
        {
            return Parse(File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static ProcessStat? Parse(string line)
    {
        // The second field is the program's name in parentheses, which may itself hold blanks and parentheses.
        var fields = line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > StartTimeField
            && int.TryParse(fields[SessionField], NumberStyles.Integer, CultureInfo.InvariantCulture, out var session)
            && int.TryParse(fields[ThreadsField], NumberStyles.Integer, CultureInfo.InvariantCulture, out var threads)
            && long.TryParse(fields[StartTimeField], NumberStyles.Integer, CultureInfo.InvariantCulture, out var startTime)
            ? new ProcessStat(fields[StateField][0], session, threads, startTime)
            : null;
    }
}
