using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Groups;

internal static partial class Log
{
    [LoggerMessage(1101, LogLevel.Information, "Group {Group} was made with {Members} members")]
    public static partial void Created(ILogger logger, string group, int members);

    [LoggerMessage(1102, LogLevel.Information, "Group {Group} was deleted")]
    public static partial void Deleted(ILogger logger, string group);

    [LoggerMessage(1103, LogLevel.Information, "Group {Group} has {Members} members more")]
    public static partial void MembersAdded(ILogger logger, string group, int members);

    [LoggerMessage(1104, LogLevel.Information, "Group {Group} has {Members} members less")]
    public static partial void MembersRemoved(ILogger logger, string group, int members);
}
