using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Announcements;

internal static partial class Log
{
    [LoggerMessage(1401, LogLevel.Information, "The announcement of page {Page} has {Length} characters now, by {ChangedBy}")]
    public static partial void Changed(ILogger logger, string page, int length, string changedBy);

    [LoggerMessage(1402, LogLevel.Information, "The announcement of page {Page} that was set at run time is removed, by {ChangedBy}")]
    public static partial void Removed(ILogger logger, string page, string changedBy);

    [LoggerMessage(1403, LogLevel.Warning, "Announcements cannot be read: pages show those known last")]
    public static partial void NotRead(ILogger logger, Exception problem);
}
