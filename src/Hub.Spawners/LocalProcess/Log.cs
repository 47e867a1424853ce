using Microsoft.Extensions.Logging;

namespace JupyterHub.Spawners.LocalProcess;

internal static partial class Log
{
    [LoggerMessage(4100, LogLevel.Information, "Started process {Pid} for a server")]
    public static partial void Started(ILogger logger, int pid);

    [LoggerMessage(4101, LogLevel.Debug, "Sending signal {Signal} to process {Pid}")]
    public static partial void Signalled(ILogger logger, int pid, int signal);
}
