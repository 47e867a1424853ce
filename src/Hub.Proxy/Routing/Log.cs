using JupyterHub.Proxy.Forwarding;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Routing;

internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Information, "Route {Routespec} -> {Target} added.")]
    public static partial void RouteAdded(ILogger logger, string routespec, UpstreamTarget target);

    [LoggerMessage(5001, LogLevel.Information, "Route {Routespec} removed.")]
    public static partial void RouteRemoved(ILogger logger, string routespec);
}
