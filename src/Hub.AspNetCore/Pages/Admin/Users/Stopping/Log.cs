using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Pages.Admin.Users.Stopping;

internal static partial class Log
{
    [LoggerMessage(7301, LogLevel.Warning, "User {User} stops {Count} servers")]
    public static partial void StopsServers(ILogger logger, string user, int count);

    [LoggerMessage(7302, LogLevel.Error, "Server '{Server}' of user {User} could not be stopped")]
    public static partial void ServerNotStopped(ILogger logger, Exception problem, string user, string server);
}
