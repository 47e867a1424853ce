using JupyterHub.Proxy.Forwarding;
using Microsoft.Extensions.Hosting;

namespace JupyterHub.Proxy.Routing;

/// <summary>How long what is under way may go on after its route has gone, or after the host began to stop.</summary>
internal sealed class RouteDraining(ForwardingOptions options, TimeProvider time, IHostApplicationLifetime? host = null)
{
    /// <summary>For requests; <see cref="Timeout.InfiniteTimeSpan"/> lets each finish.</summary>
    public TimeSpan Requests { get; } = options.DrainTimeout;

    /// <summary>For WebSockets; <see cref="Timeout.InfiniteTimeSpan"/> leaves them to their server.</summary>
    public TimeSpan WebSockets { get; } = options.WebSocketDrainTimeout;

    public TimeProvider Time { get; } = time;

    /// <summary>Cancelled when the host begins to stop.</summary>
    public CancellationToken Stopping { get; } = host?.ApplicationStopping ?? CancellationToken.None;
}
