using System.Text.Json.Nodes;
using JupyterHub.Proxy.Routing;
using JupyterHub.Proxy.Standalone.Journal;

namespace JupyterHub.Proxy.ChpApi;

/// <summary>The routes of the stand-alone proxy: the table that requests are matched with, and beside it what the API knows of each.</summary>
internal sealed class ChpRoutes(RouteTable table, TimeProvider time, int mostRoutes, IRouteJournal journal)
{
    private static readonly JsonObject NoData = [];

    private readonly Lock writing = new();
    private readonly Dictionary<string, ChpRoute> routes = new(StringComparer.Ordinal);
    private long added;

    public RouteTable Table { get; } = table;

    public int Count
    {
        get
        {
            lock (writing)
            {
                return routes.Count;
            }
        }
    }

    /// <summary>Adds or replaces a route; the next request sees it. Done when the journal has it.</summary>
    /// <exception cref="ChpApiException">There are too many routes.</exception>
    public ValueTask SetAsync(ChpPath path, ChpRouteData data, bool isDefault = false)
    {
        JournalBatch? batch;
        lock (writing)
        {
            var known = routes.GetValueOrDefault(path.Key);
            if (known is null && routes.Count >= mostRoutes)
            {
                throw new ChpApiException(507, "There are as many routes as this proxy takes (--max-routes).");
            }

            RouteEntry? entry = null;
            Table.Set(path.Routespec, existing => entry = new RouteEntry(path.Routespec, data.Target, NoData, time, existing));
            entry!.Activity.Mark();
            var route = new ChpRoute(path, entry, data, known?.Order ?? ++added, isDefault);
            routes[path.Key] = route;
            batch = isDefault ? null : journal.Set(route);
        }

        return batch is null ? default : journal.CommitAsync(batch);
    }

    /// <summary>Removes a route; false if there was none. Done when the journal knows.</summary>
    public async ValueTask<bool> RemoveAsync(ChpPath path)
    {
        JournalBatch? batch;
        lock (writing)
        {
            if (!routes.Remove(path.Key))
            {
                return false;
            }

            Table.Remove(path.Routespec);
            batch = journal.Remove(path);
        }

        if (batch is not null)
        {
            await journal.CommitAsync(batch);
        }

        return true;
    }

    public ChpRoute? Find(ChpPath path)
    {
        lock (writing)
        {
            return routes.GetValueOrDefault(path.Key);
        }
    }

    /// <summary>All routes, those that have been there longest first.</summary>
    public ChpRoute[] List() => List(static () => { });

    /// <summary>All routes as they are at the moment when something else is done; no change comes between.</summary>
    public ChpRoute[] List(Action meanwhile)
    {
        ChpRoute[] list;
        lock (writing)
        {
            list = [.. routes.Values];
            meanwhile();
        }

        Array.Sort(list, static (one, other) => one.Order.CompareTo(other.Order));
        return list;
    }
}
