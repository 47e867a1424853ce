using Microsoft.Extensions.Logging;

namespace JupyterHub.Client.Authentication;

/// <summary>What signing in tells the operator. Never a token, code or state.</summary>
internal static partial class Log
{
    [LoggerMessage(6900, LogLevel.Warning, "A visitor could not be checked: {Reason}")]
    private static partial void Unavailable(ILogger logger, string reason, Exception? cause);

    public static void Unavailable(ILogger logger, JupyterHubException problem) => Unavailable(logger, problem.Message, problem.InnerException);

    [LoggerMessage(6901, LogLevel.Information, "A sign-in ended with {Status}: {Reason}")]
    public static partial void NotSignedIn(ILogger logger, int status, string reason);
}
