using JupyterHub.Core.Addressing;

namespace JupyterHub.Proxy.Routing;

/// <summary>
/// The routes as they are now. Readers take the current snapshot, writers take turns and publish the next one. A route
/// that goes, or leads elsewhere, is drained; when the host stops, all are.
/// </summary>
internal sealed class RouteTable
{
    private readonly Lock writing = new();
    private readonly RouteDraining draining;
    private volatile RouteSnapshot current = RouteSnapshot.Empty;

    public RouteTable(RouteDraining draining)
    {
        this.draining = draining;
        draining.Stopping.Register(static table => ((RouteTable)table!).Stop(), this);
    }

    public RouteSnapshot Current => current;

    /// <inheritdoc cref="RouteSnapshot.Match"/>
    public RouteEntry? Match(RequestTarget target, ReadOnlySpan<char> host) => current.Match(target, host);

    /// <summary>Puts a route at a place; it is made from what is there now.</summary>
    public void Set(Routespec routespec, Func<RouteEntry?, RouteEntry> make)
    {
        RouteEntry? before;
        RouteEntry after;
        lock (writing)
        {
            before = current.Find(routespec);
            after = make(before);
            current = current.With(routespec, after, before);
        }

        Leave(before, after);
    }

    /// <summary>Puts a route at a place, for somebody who alone changes this table and knows what is there now.</summary>
    public void Set(Routespec routespec, RouteEntry route, RouteEntry? before)
    {
        lock (writing)
        {
            current = current.With(routespec, route, before);
        }

        Leave(before, route);
    }

    /// <summary>Removes the route at a place; true if there was one.</summary>
    public bool Remove(Routespec routespec)
    {
        RouteEntry? before;
        lock (writing)
        {
            before = current.Find(routespec);
            if (before is null)
            {
                return false;
            }

            current = current.With(routespec, null, before);
        }

        before.Lifetime.End(draining);
        return true;
    }

    // After the new one is published: whoever asks from now on gets that.
    private void Leave(RouteEntry? before, RouteEntry after)
    {
        if (before is not null && before.Lifetime != after.Lifetime)
        {
            before.Lifetime.End(draining);
        }
    }

    private void Stop()
    {
        foreach (var route in current.Routes)
        {
            route.Lifetime.Stop(draining);
        }
    }
}
