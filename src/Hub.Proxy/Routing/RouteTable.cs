using JupyterHub.Core.Addressing;

namespace JupyterHub.Proxy.Routing;

/// <summary>The routes as they are now. Readers take the current snapshot, writers take turns and publish the next one.</summary>
internal sealed class RouteTable
{
    private readonly Lock writing = new();
    private volatile RouteSnapshot current = RouteSnapshot.Empty;

    public RouteSnapshot Current => current;

    /// <inheritdoc cref="RouteSnapshot.Match"/>
    public RouteEntry? Match(RequestTarget target, ReadOnlySpan<char> host) => current.Match(target, host);

    /// <summary>Puts a route at a place; it is made from what is there now.</summary>
    public void Set(Routespec routespec, Func<RouteEntry?, RouteEntry> make)
    {
        lock (writing)
        {
            current = current.With(routespec, make(current.Find(routespec)));
        }
    }

    /// <summary>Removes the route at a place; true if there was one.</summary>
    public bool Remove(Routespec routespec)
    {
        lock (writing)
        {
            if (current.Find(routespec) is null)
            {
                return false;
            }

            current = current.With(routespec, null);
            return true;
        }
    }
}
