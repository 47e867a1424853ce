using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Authorization;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Warning, "The scope {Scope} of {HolderKind} #{HolderId} is not defined here and gives nothing")]
    public static partial void UnknownScope(ILogger logger, string scope, string holderKind, int holderId);
}
