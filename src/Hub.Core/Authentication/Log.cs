using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Authentication;

/// <summary>Log messages of authentication. Names come bounded by <see cref="Diagnostics.LogText"/>.</summary>
internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Information, "User signed in: {Name}")]
    public static partial void SignedIn(ILogger logger, string name);

    [LoggerMessage(6002, LogLevel.Warning, "Failed sign-in for {Name}")]
    public static partial void SignInFailed(ILogger logger, string name);

    [LoggerMessage(6003, LogLevel.Warning, "User {Name} is not allowed to sign in")]
    public static partial void SignInNotAllowed(ILogger logger, string name);

    [LoggerMessage(6004, LogLevel.Warning, "The authenticator recognised {Name}, which cannot be a user's name")]
    public static partial void SignInNameInvalid(ILogger logger, string name);

    [LoggerMessage(6005, LogLevel.Information, "User signed out: {Name}; {Tokens} access tokens of that session deleted")]
    public static partial void SignedOut(ILogger logger, string name, int tokens);

    [LoggerMessage(6006, LogLevel.Warning, "A login cookie of the blocked user {UserId} was refused")]
    public static partial void BlockedLogin(ILogger logger, int userId);

    [LoggerMessage(6008, LogLevel.Information, "User signed out everywhere: {Name}; {Tokens} access tokens deleted")]
    public static partial void SignedOutEverywhere(ILogger logger, string name, int tokens);

    [LoggerMessage(6007, LogLevel.Warning, "Sign-in of {Name} was not looked at: too many wrong passwords for that account or from that address")]
    public static partial void SignInThrottled(ILogger logger, string name);

    [LoggerMessage(6030, LogLevel.Warning, "What an authenticator left with {Name} (auth_state) cannot be decrypted with the keys that are set")]
    public static partial void AuthStateUnreadable(ILogger logger, string name);

    [LoggerMessage(6040, LogLevel.Information, "User signed in through the login {Login}: {Name}")]
    public static partial void SignedInThrough(ILogger logger, string login, string name);

    [LoggerMessage(6041, LogLevel.Warning, "The login {Login} named {Name}, a name that belongs to somebody else here or is reserved by the settings; if that login's names are this hub's names, set its TrustNames")]
    public static partial void NameTaken(ILogger logger, string login, string name);

    [LoggerMessage(6042, LogLevel.Warning, "{Name} was not signed in by the form: that user signs in through a login whose names are not trusted")]
    public static partial void SignsInElsewhere(ILogger logger, string name);

    [LoggerMessage(6043, LogLevel.Warning, "The login {Login} named somebody by something that cannot be an identity")]
    public static partial void IdentityInvalid(ILogger logger, string login);
}
