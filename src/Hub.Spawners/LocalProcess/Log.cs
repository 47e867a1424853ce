using Microsoft.Extensions.Logging;

namespace JupyterHub.Spawners.LocalProcess;

internal static partial class Log
{
    [LoggerMessage(4100, LogLevel.Information, "Started process {Pid} for a server")]
    public static partial void Started(ILogger logger, int pid);
}
