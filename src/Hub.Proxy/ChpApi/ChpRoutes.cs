using JupyterHub.Proxy.Routing;
using JupyterHub.Proxy.Standalone.Journal;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>The routes of the stand-alone proxy, in the table that requests are matched with. Nobody else changes that.</summary>
internal sealed class ChpRoutes(RouteTable table, TimeProvider time, int mostRoutes, IRouteJournal journal)
{
    private readonly Lock writing = new();
    private long added;

    public RouteTable Table { get; } = table;

    public int Count => Table.Current.Count;

    /// <summary>Adds or replaces a route; the next request sees it. Done when the journal has it.</summary>
    /// <exception cref="ChpApiException">There are too many routes.</exception>
    public ValueTask SetAsync(ChpPath path, ChpRouteData data, bool isDefault = false)
    {
        JournalBatch? batch;
        lock (writing)
        {
            var known = Find(path);
            if (known is null && Count >= mostRoutes)
            {
                throw new ChpApiException(507, "There are as many routes as this proxy takes (--max-routes).");
            }

            if (known is not null && known.IsAlready(path, data, isDefault))
            {
                // The journal says so already, or will have been told when the change that said it first is confirmed.
                known.Activity.Mark();
                batch = journal.Latest();
            }
            else
            {
                var route = new ChpRoute(path, data, time, known, known?.Order ?? ++added, isDefault);
                route.Activity.Mark();
                Table.Set(path.Routespec, route, known);
                batch = isDefault ? null : journal.Set(route, known);
            }
        }

        return batch is null ? default : journal.CommitAsync(batch);
    }

    /// <summary>Removes a route; false if there was none. Done when the journal knows.</summary>
    public async ValueTask<bool> RemoveAsync(ChpPath path)
    {
        JournalBatch? batch;
        lock (writing)
        {
            if (Find(path) is not { } known)
            {
                return false;
            }

            Table.Remove(path.Routespec);
            batch = journal.Remove(known);
        }

        if (batch is not null)
        {
            await journal.CommitAsync(batch);
        }

        return true;
    }

    public ChpRoute? Find(ChpPath path) => (ChpRoute?)Table.Current.Find(path.Routespec);

    /// <summary>All routes, those that have been there longest first.</summary>
    public ChpRoute[] List() => List(static () => { });

    /// <summary>All routes as they are at the moment when something else is done; no change comes between.</summary>
    public ChpRoute[] List(Action meanwhile)
    {
        RouteSnapshot snapshot;
        lock (writing)
        {
            snapshot = Table.Current;
            meanwhile();
        }

        var routes = snapshot.Routes;
        var list = new ChpRoute[routes.Count];
        var orders = new long[routes.Count];
        for (var index = 0; index < list.Length; index++)
        {
            list[index] = (ChpRoute)routes[index];
            orders[index] = list[index].Order;
        }

        Array.Sort(orders, list);
        return list;
    }
}
