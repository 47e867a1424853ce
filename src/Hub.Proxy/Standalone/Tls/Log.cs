using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone.Tls;

internal static partial class Log
{
    [LoggerMessage(5140, LogLevel.Information, "The certificate of {Option} was read again.")]
    public static partial void Reloaded(ILogger logger, string option);

    [LoggerMessage(5141, LogLevel.Error, "The changed certificate of {Option} cannot be used, the old one stays: {Reason}")]
    public static partial void NotReloaded(ILogger logger, string option, string reason);

    [LoggerMessage(5142, LogLevel.Information, "The files of the certificate of {Option} can be read again.")]
    public static partial void FilesAreBack(ILogger logger, string option);
}
