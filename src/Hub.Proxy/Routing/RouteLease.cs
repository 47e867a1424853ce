namespace JupyterHub.Proxy.Routing;

/// <summary>A request's place on its route, given back when the request has ended.</summary>
internal readonly struct RouteLease(RouteLifetime lifetime, RouteTraffic traffic) : IDisposable
{
    /// <summary>Cancelled when the route has gone and the time to finish is over.</summary>
    public CancellationToken Cut => traffic.Cut;

    public void Dispose() => lifetime?.Leave(traffic);
}
