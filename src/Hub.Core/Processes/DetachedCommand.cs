using System.Diagnostics;
using System.Globalization;

namespace JupyterHub.Core.Processes;

/// <summary>Builds a command that becomes a program which leads a session of its own, and may outlive the hub: a server, a service, the proxy.</summary>
/// <remarks>
/// A shell opens the log and then replaces itself, step by step, by the program: <c>sh</c>, <c>setsid</c>, <c>setpriv</c>, <c>env</c>,
/// program. All are one process with one pid, which leads a session and a process group of its own. Secrets are in the environment
/// only: what stands in the arguments is for all users of the machine to read. Helpers are named by full paths: until
/// <c>setpriv</c> they run as root, and the program's PATH may begin with a folder of the user's.
/// </remarks>
internal static class DetachedCommand
{
    // Waits for a line from the hub, which comes once the hub has saved how to find this process: a hub that dies before closes the pipe,
    // and nothing is left behind. Then opens the log, whose path is the first argument, and becomes the rest. dash exports PWD, which the hub does not set. No program
    // may be looked for here by its name alone: this still runs as root (what signals need is in SignalReset, after the switch).
    private const string Script = """
        read -r go || exit 125
        unset go PWD OLDPWD
        log=$1
        shift
        exec "$@" >>"$log" 2>&1 </dev/null
        """;

    /// <summary>Builds the command for any program; that it is there was checked before.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="folder">Where it starts.</param>
    /// <param name="switchTo">The system user to switch to; null to stay the hub's own.</param>
    /// <param name="variables">Its whole environment.</param>
    /// <param name="log">The file that its output is appended to.</param>
    /// <param name="umask">Permissions that files which it makes do not get; null for the hub's own.</param>
    public static async Task<ProcessStartInfo> BuildAsync(
        IReadOnlyList<string> command, string folder, SystemAccount? switchTo, Dictionary<string, string> variables, string log, int? umask = null)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            // Pipes keep the runtime from changing the hub's terminal; the script replaces them.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var script = umask is { } mask ? $"umask {Convert.ToString(mask, 8)}\n{Script}" : Script;
        foreach (var argument in Chain(script, log, switchTo, await SignalReset.BeforeAsync(command[0]), command))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static IEnumerable<string> Chain(string script, string log, SystemAccount? switchTo, IEnumerable<string> signals, IEnumerable<string> command) =>
        ["-c", script, "sh", log, Programs.System("setsid", "util-linux"), .. Switch(switchTo), .. signals, .. command];

    private static IEnumerable<string> Switch(SystemAccount? switchTo)
    {
        if (switchTo is not { } target)
        {
            return [];
        }

        var (user, group) = (target.UserId.ToString(CultureInfo.InvariantCulture), target.GroupId.ToString(CultureInfo.InvariantCulture));
        return [Programs.System("setpriv", "util-linux"), $"--reuid={user}", $"--regid={group}", "--init-groups", "--inh-caps=-all", "--"];
    }
}
