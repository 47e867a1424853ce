using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Hosting;

/// <summary>What start-up changes because the configuration says so. Names come from the operator or the database, bounded by the columns.</summary>
internal static partial class StartupLog
{
    [LoggerMessage(3101, LogLevel.Warning, "{Warning}")]
    public static partial void Warning(ILogger logger, string warning);

    [LoggerMessage(3102, LogLevel.Warning, "The role {Role} is not declared any more and is deleted")]
    public static partial void RoleDeleted(ILogger logger, string role);

    [LoggerMessage(3103, LogLevel.Information, "The role {Role} is created")]
    public static partial void RoleCreated(ILogger logger, string role);

    [LoggerMessage(3104, LogLevel.Warning, "The role {Role}, made at run time, gives way to the declared one of that name; whoever held it holds it no more")]
    public static partial void RoleReplaced(ILogger logger, string role);

    [LoggerMessage(3105, LogLevel.Information, "The user {User} is created because the configuration names it")]
    public static partial void UserCreated(ILogger logger, string user);

    [LoggerMessage(3106, LogLevel.Warning, "The user {User} is an administrator: {IsAdmin}")]
    public static partial void AdminChanged(ILogger logger, string user, bool isAdmin);

    [LoggerMessage(3107, LogLevel.Information, "The group {Group} is created")]
    public static partial void GroupCreated(ILogger logger, string group);

    [LoggerMessage(3108, LogLevel.Warning, "The service {Service} is not declared any more and is deleted with its tokens")]
    public static partial void ServiceDeleted(ILogger logger, string service);

    [LoggerMessage(3109, LogLevel.Error, "The declared service {Service} is passed over: a service of that name was made at run time; delete that one or choose another name")]
    public static partial void ServiceTaken(ILogger logger, string service);

    [LoggerMessage(3110, LogLevel.Warning, "The blocked user {User} loses its roles, groups and the admin flag")]
    public static partial void UserBlocked(ILogger logger, string user);
}
