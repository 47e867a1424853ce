using JupyterHub.Core.Authorization;
using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Hosting;

internal static partial class Log
{
    [LoggerMessage(7101, LogLevel.Information, "The hub runs at {Url}, pages at {HubPath}")]
    public static partial void Running(ILogger logger, Uri url, string hubPath);

    [LoggerMessage(7102, LogLevel.Warning, "The application has no listener and JupyterHub:HubConnectUrl is not set: servers cannot be started")]
    public static partial void NoListener(ILogger logger);

    [LoggerMessage(7103, LogLevel.Warning, "The hub shuts down: {Kind} {Id} asked for it")]
    public static partial void ShutdownRequested(ILogger logger, RequesterKind kind, int id);
}
