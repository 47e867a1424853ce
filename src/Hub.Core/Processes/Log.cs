using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Processes;

internal static partial class Log
{
    [LoggerMessage(4101, LogLevel.Debug, "Sending signal {Signal} to process {Pid}")]
    public static partial void Signalled(ILogger logger, int pid, int signal);
}
