using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Roles;

internal static partial class Log
{
    [LoggerMessage(1002, LogLevel.Information, "{Change} of role {Role} by {Requester}")]
    public static partial void RoleChanged(ILogger logger, string change, string role, string requester);
}
