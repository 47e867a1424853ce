using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone.Listening;

internal static partial class Log
{
    [LoggerMessage(5156, LogLevel.Warning, "As many connections are open as the limit of open files allows; more are closed at once. Raise the limit (ulimit -n, or LimitNOFILE of the unit) if they are wanted.")]
    public static partial void TurnedAway(ILogger logger);
}
