using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace JupyterHub.Proxy.Forwarding;

internal static partial class Log
{
    [LoggerMessage(5010, LogLevel.Warning, "Route {Routespec}: {Target} did not answer ({Error}, {Cause}).")]
    public static partial void Unavailable(ILogger logger, string routespec, UpstreamTarget target, ForwarderError error, string? cause);

    [LoggerMessage(5011, LogLevel.Debug, "Route {Routespec}: connection broke after the answer had begun ({Error}).")]
    public static partial void Interrupted(ILogger logger, string routespec, ForwarderError error);

    [LoggerMessage(5012, LogLevel.Warning, "Route {Routespec}: {Target} leads back to this hub. Let its service or server listen at an address of its own.")]
    public static partial void Looping(ILogger logger, string routespec, UpstreamTarget target);

    [LoggerMessage(5013, LogLevel.Warning, "Route {Routespec}: as many requests or WebSockets as may be are under way; one more was refused.")]
    public static partial void Full(ILogger logger, string routespec);
}
