using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Shares;

internal static partial class Log
{
    [LoggerMessage(1201, LogLevel.Information, "Server {Owner}/{Server} is shared with {Kind} {Recipient}")]
    public static partial void Granted(ILogger logger, string owner, string server, string kind, string recipient);

    [LoggerMessage(1202, LogLevel.Information, "Access to server {Owner}/{Server} was taken from {Kind} {Recipient}")]
    public static partial void Revoked(ILogger logger, string owner, string server, string kind, string recipient);

    [LoggerMessage(1203, LogLevel.Information, "All {Count} shares of server {Owner}/{Server} were revoked")]
    public static partial void RevokedAll(ILogger logger, string owner, string server, int count);

    [LoggerMessage(1204, LogLevel.Information, "A share code was made for server {Owner}/{Server}")]
    public static partial void CodeMade(ILogger logger, string owner, string server);

    [LoggerMessage(1205, LogLevel.Information, "A share code for server {Owner}/{Server} was exchanged by {User}")]
    public static partial void CodeExchanged(ILogger logger, string owner, string server, string user);

    [LoggerMessage(1206, LogLevel.Information, "What {Kind} {Recipient} may do on server {Owner}/{Server} was changed: {Given} scopes given, {Taken} taken")]
    public static partial void Changed(ILogger logger, string owner, string server, string kind, string recipient, int given, int taken);

    [LoggerMessage(1207, LogLevel.Information, "Server {Owner}/{Server} is shared no more: {Shares} shares and {Codes} share codes were revoked")]
    public static partial void Stopped(ILogger logger, string owner, string server, int shares, int codes);
}
