using System.ComponentModel;
using System.Runtime.InteropServices;

namespace JupyterHub.Core.Processes;

/// <summary>Sends signals (kill(2)).</summary>
internal static class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    private const int NoSuchProcess = 3;

    /// <summary>Signals a process group, or the process alone while it has not yet a group of its own. False if there is neither.</summary>
    /// <exception cref="Win32Exception">The system refused.</exception>
    public static bool SendToGroup(int leader, int signal) => Send(-leader, signal) || Send(leader, signal);

    /// <summary>Signals one process. False if there is none.</summary>
    /// <exception cref="Win32Exception">The system refused.</exception>
    public static bool Send(int pid, int signal)
    {
        if (SendSignal(pid, signal) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == NoSuchProcess ? false : throw new Win32Exception(error);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int pid, int signal);
}
