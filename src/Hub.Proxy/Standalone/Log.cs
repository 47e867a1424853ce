using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone;

internal static partial class Log
{
    [LoggerMessage(5110, LogLevel.Information, "Proxying {Scheme}://{Address} to {Target}")]
    public static partial void Proxying(ILogger logger, string scheme, string address, string target);

    [LoggerMessage(5111, LogLevel.Information, "Proxy API at {Scheme}://{Address}/api/routes")]
    public static partial void Api(ILogger logger, string scheme, string address);

    [LoggerMessage(5112, LogLevel.Information, "Metrics at http://{Address}/metrics")]
    public static partial void Metrics(ILogger logger, string address);

    [LoggerMessage(5113, LogLevel.Information, "HTTP at {Address} is sent to HTTPS at port {Port}")]
    public static partial void Redirecting(ILogger logger, string address, int port);

    [LoggerMessage(5114, LogLevel.Error, "Route {Routespec}: a request failed inside of the proxy.")]
    public static partial void Failed(ILogger logger, string routespec, Exception problem);

    [LoggerMessage(5115, LogLevel.Information, "{Count} routes are remembered in {File}")]
    public static partial void RoutesRemembered(ILogger logger, int count, string file);

    [LoggerMessage(5116, LogLevel.Warning, "Stopping: {Reason}")]
    public static partial void Stopping(ILogger logger, string reason);
}
