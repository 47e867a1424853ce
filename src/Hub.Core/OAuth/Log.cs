using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.OAuth;

/// <summary>Log messages of the OAuth provider. Users and clients are named only once they are known to exist.</summary>
internal static partial class Log
{
    [LoggerMessage(6101, LogLevel.Debug, "Authorization code issued for {User} to {Client}")]
    public static partial void CodeIssued(ILogger logger, string user, string client);

    [LoggerMessage(6102, LogLevel.Information, "OAuth token issued for {User} to {Client}")]
    public static partial void TokenIssued(ILogger logger, string user, string client);

    [LoggerMessage(6103, LogLevel.Warning, "OAuth client {Client} asked for a scope that does not exist or that it may not ask for")]
    public static partial void ScopeRefused(ILogger logger, string client);

    [LoggerMessage(6104, LogLevel.Warning, "User {User} may not access {Client}")]
    public static partial void AccessDenied(ILogger logger, string user, string client);

    [LoggerMessage(6105, LogLevel.Warning, "Consent of {User} to {Client} named scopes that the user does not hold")]
    public static partial void ConsentExceeded(ILogger logger, string user, string client);

    [LoggerMessage(6106, LogLevel.Warning, "An OAuth client did not prove itself")]
    public static partial void ClientNotAuthenticated(ILogger logger);

    [LoggerMessage(6107, LogLevel.Warning, "User {User} no longer holds the scopes that were granted to {Client}")]
    public static partial void ScopesNoLongerHeld(ILogger logger, string user, string client);

    [LoggerMessage(6108, LogLevel.Information, "OAuth client {Client} revoked a token of its own")]
    public static partial void TokenRevoked(ILogger logger, string client);
}
