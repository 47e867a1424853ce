using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.State;

internal static partial class Log
{
    [LoggerMessage(7311, LogLevel.Warning, "The proxy did not tell its routes")]
    public static partial void ProxyUnreachable(ILogger logger, Exception problem);

    [LoggerMessage(7312, LogLevel.Warning, "A check of the hub's health failed")]
    public static partial void CheckFailed(ILogger logger, Exception problem);
}
