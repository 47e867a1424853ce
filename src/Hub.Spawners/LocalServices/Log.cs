using Microsoft.Extensions.Logging;

namespace JupyterHub.Spawners.LocalServices;

internal static partial class Log
{
    [LoggerMessage(4110, LogLevel.Warning, "Process {Pid} of a service was left by a hub before this one; it is ended")]
    public static partial void Leftover(ILogger logger, int pid);

    [LoggerMessage(4111, LogLevel.Warning, "A service's log could not be cut; the next look tries again")]
    public static partial void LogNotTrimmed(ILogger logger, Exception problem);
}
