using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Logins;

internal static partial class Log
{
    [LoggerMessage(6050, LogLevel.Warning, "A sign-in through the login {Login} failed ({Failure}): {Reason}")]
    public static partial void LoginFailed(ILogger logger, string login, LoginFailure failure, string reason);
}
