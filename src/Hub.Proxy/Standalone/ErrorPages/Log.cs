using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone.ErrorPages;

internal static partial class Log
{
    [LoggerMessage(5120, LogLevel.Error, "Error page {Name} is too long to be sent.")]
    public static partial void PageTooLong(ILogger logger, string name);

    [LoggerMessage(5121, LogLevel.Error, "Error page {Name} cannot be read: {Reason}")]
    public static partial void PageUnreadable(ILogger logger, string name, string reason);

    [LoggerMessage(5122, LogLevel.Error, "The error target did not give a page for {Status}: {Reason}")]
    public static partial void PageNotFetched(ILogger logger, int status, string reason);
}
