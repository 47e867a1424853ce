using System.Collections.Immutable;
using JupyterHub.Proxy.ActivityTracking;

namespace JupyterHub.Proxy.Routing;

/// <summary>
/// The time that a route leads to one target: from being added until it goes or leads elsewhere. Entries that say the
/// same again share it, and with it when the target was last used. What belongs to the target, such as kept connections, ends with it; what is under way is drained.
/// </summary>
internal sealed class RouteLifetime(TimeProvider time) : RouteActivity(time)
{
    private static long made;

    private RouteTraffic? requests;
    private RouteTraffic? webSockets;
    private ImmutableArray<IDisposable> owned = [];
    private RouteDraining? draining;
    private bool isStopping;
    private int underWay;

    /// <summary>No other lifetime has the same.</summary>
    public long Number { get; } = Interlocked.Increment(ref made);

    /// <summary>True once the route has gone or leads elsewhere: nothing is to be kept for its next request.</summary>
    public bool IsOver => Volatile.Read(ref draining) is not null;

    /// <summary>What this target's requests share, made for the first of them and disposed of as soon as the route goes.</summary>
    /// <returns>Null when the route has gone and nothing was made before.</returns>
    public T? Own<T>(Func<T> make) where T : class, IDisposable
    {
        if (Find<T>() is { } known)
        {
            return known;
        }

        // A lock of its own would take as much room as everything else here, on each of a hundred thousand routes. Nobody else locks it.
        lock (this)
        {
            if (Find<T>() is { } made || draining is not null)
            {
                return Find<T>();
            }

            made = make();
            ImmutableInterlocked.InterlockedExchange(ref owned, owned.Add(made));
            return made;
        }
    }

    /// <summary>Begins a request or a WebSocket; false when as many as there may be are under way.</summary>
    public bool TryEnter(bool isWebSocket, int most, out RouteLease lease)
    {
        lease = default;
        if (Interlocked.Increment(ref underWay) > most)
        {
            Interlocked.Decrement(ref underWay);
            return false;
        }

        var traffic = TrafficOf(isWebSocket);
        traffic.Enter();
        lease = new RouteLease(this, traffic);
        return true;
    }

    public void Leave(RouteTraffic traffic)
    {
        traffic.Leave();
        Interlocked.Decrement(ref underWay);
    }

    /// <summary>The route has gone: kept connections are closed now, the rest when its time is over.</summary>
    public void End(RouteDraining how) => End(how, stopping: false);

    /// <summary>The host stops: WebSockets, which would never end by themselves, are cut at once; their clients connect again later.</summary>
    public void Stop(RouteDraining how) => End(how, stopping: true);

    private void End(RouteDraining how, bool stopping)
    {
        lock (this)
        {
            Volatile.Write(ref draining, how);
            isStopping |= stopping;
            requests?.Drain(how.Requests, how.Time);
            webSockets?.Drain(isStopping ? TimeSpan.Zero : how.WebSockets, how.Time);
        }

        foreach (var resource in owned)
        {
            resource.Dispose();
        }
    }

    private RouteTraffic TrafficOf(bool isWebSocket)
    {
        ref var slot = ref isWebSocket ? ref webSockets : ref requests;
        return Volatile.Read(ref slot) ?? AddTraffic(ref slot, isWebSocket);
    }

    private RouteTraffic AddTraffic(ref RouteTraffic? slot, bool isWebSocket)
    {
        lock (this)
        {
            if (slot is not null)
            {
                return slot;
            }

            var traffic = new RouteTraffic();
            if (draining is not null)
            {
                // Found before the route went, begun after.
                traffic.Drain(isWebSocket ? isStopping ? TimeSpan.Zero : draining.WebSockets : draining.Requests, draining.Time);
            }

            Volatile.Write(ref slot, traffic);
            return traffic;
        }
    }

    private T? Find<T>() where T : class
    {
        foreach (var resource in owned)
        {
            if (resource is T found)
            {
                return found;
            }
        }

        return null;
    }
}
