using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone;

internal static partial class Log
{
    [LoggerMessage(5150, LogLevel.Information, "Proxying {Scheme}://{Address} to {Target}")]
    public static partial void Proxying(ILogger logger, string scheme, string address, string target);

    [LoggerMessage(5151, LogLevel.Information, "Proxy API at {Scheme}://{Address}/api/routes")]
    public static partial void Api(ILogger logger, string scheme, string address);

    [LoggerMessage(5152, LogLevel.Information, "Metrics at http://{Address}/metrics")]
    public static partial void Metrics(ILogger logger, string address);

    [LoggerMessage(5153, LogLevel.Information, "HTTP at {Address} is sent to HTTPS at port {Port}")]
    public static partial void Redirecting(ILogger logger, string address, int port);

    [LoggerMessage(5154, LogLevel.Error, "Route {Routespec}: a request failed inside of the proxy.")]
    public static partial void Failed(ILogger logger, string routespec, Exception problem);

    [LoggerMessage(5155, LogLevel.Warning, "Stopping: {Reason}")]
    public static partial void Stopping(ILogger logger, string reason);
}
