using System.ComponentModel;
using System.Diagnostics;

namespace JupyterHub.Core.Processes;

/// <summary>
/// Gives servers the usual signals back. A hub that was itself started with signals ignored (in the background of a script, or by
/// nohup) hands that on to whatever it starts, and such a server could not be stopped politely.
/// </summary>
internal static class SignalReset
{
    private const string Signals = "--default-signal=HUP,INT,QUIT,TERM";

    private static readonly Lazy<Task<bool>> Supported = new(TryAsync);

    /// <summary>The arguments to put before a server's command; none where the system's <c>env</c> cannot do it.</summary>
    public static async Task<IReadOnlyList<string>> BeforeAsync(string command) =>
        // What holds "=" would be a variable to env.
        !command.Contains('=', StringComparison.Ordinal) && await Supported.Value ? [Programs.System("env", "coreutils"), Signals] : [];

    private static async Task<bool> TryAsync()
    {
        var start = new ProcessStartInfo(Programs.System("env", "coreutils")) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Signals);
        start.Environment.Clear();
        try
        {
            using var attempt = Process.Start(start)!;
            await attempt.WaitForExitAsync();
            return attempt.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
