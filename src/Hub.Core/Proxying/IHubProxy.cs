namespace JupyterHub.Core.Proxying;

/// <summary>Routes browsers to the hub's servers: the in-process table or an external proxy.</summary>
/// <remarks>
/// A change that is given up by its token must be over when its task ends, made or not made: the hub takes back what it gave up, and a change
/// that is still on its way could come behind that. A proxy that says nothing at all is given up after a while; what it then still does, the next
/// check puts right.
/// </remarks>
public interface IHubProxy
{
    /// <summary>Adds a route or replaces the one at the same place; the next request sees it.</summary>
    Task AddRouteAsync(ProxyRoute route, CancellationToken cancellationToken);

    /// <summary>Removes a route; true if there was one.</summary>
    Task<bool> RemoveRouteAsync(string routespec, CancellationToken cancellationToken);

    /// <summary>All routes as they are now, with their last activity.</summary>
    Task<IReadOnlyList<ProxyRoute>> GetRoutesAsync(CancellationToken cancellationToken);
}
