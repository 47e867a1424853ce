using System.Collections.Concurrent;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>
/// All connections of the direct path. One timer looks after them: it closes what is idle for too long and ends requests
/// without activity, so that no request needs a timer or asks for the time.
/// </summary>
internal sealed class UpstreamConnections : IDisposable
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<UpstreamPool, byte> pools = new();
    private readonly Func<UpstreamPool> addPool;
    private readonly ConcurrentDictionary<UpstreamConnection, byte> all = new();
    private readonly UpstreamConnector connector;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly TimeSpan activityTimeout;
    private readonly long begun;
    private long now;

    public UpstreamConnections(UpstreamConnector connector, ForwardingOptions options, TimeProvider time)
    {
        this.connector = connector;
        this.time = time;
        addPool = AddPool;
        activityTimeout = options.ActivityTimeout;
        begun = time.GetTimestamp();
        options.Sockets.ReclaimBy(CloseUnused);
        var period = PeriodFor(activityTimeout);
        timer = time.CreateTimer(static state => ((UpstreamConnections)state!).LookAfter(), this, period, period);
    }

    /// <summary>Milliseconds, as of the timer's last tick.</summary>
    public long Now => Volatile.Read(ref now);

    /// <summary>How many are open.</summary>
    public int Count => all.Count;

    /// <summary>The connections of one route's target, which no other route ever gets; they are closed with the route.</summary>
    public UpstreamPool PoolOf(RouteEntry route) => route.Lifetime.Own(addPool) ?? UpstreamPool.None;

    public async ValueTask<UpstreamConnection> ConnectAsync(RouteEntry route, CancellationToken cancellationToken)
    {
        var connection = new UpstreamConnection(await connector.ConnectAsync(route, cancellationToken), this);
        all.TryAdd(connection, 0);
        return connection;
    }

    public void Remove(UpstreamConnection connection) => all.TryRemove(connection, out _);

    public void Dispose()
    {
        timer.Dispose();
        foreach (var (pool, _) in pools)
        {
            pool.Dispose();
        }

        foreach (var (connection, _) in all)
        {
            connection.Dispose();
        }
    }

    private static TimeSpan PeriodFor(TimeSpan activityTimeout)
    {
        var quarter = activityTimeout / 4;
        return activityTimeout == Timeout.InfiniteTimeSpan || quarter > LongestPeriod ? LongestPeriod
            : quarter < TimeSpan.FromMilliseconds(10) ? TimeSpan.FromMilliseconds(10)
            : quarter;
    }

    private void LookAfter()
    {
        var current = (long)time.GetElapsedTime(begun).TotalMilliseconds;
        Volatile.Write(ref now, current);
        if (activityTimeout != Timeout.InfiniteTimeSpan)
        {
            foreach (var (connection, _) in all)
            {
                connection.User?.EndIfSilent(current, (long)activityTimeout.TotalMilliseconds);
            }
        }

        foreach (var (pool, _) in pools)
        {
            pool.CloseUnused(current - (long)IdleLimit.TotalMilliseconds);
            if (pool.IsClosed)
            {
                pools.TryRemove(pool, out _);
            }
        }
    }

    private void CloseUnused()
    {
        foreach (var (pool, _) in pools)
        {
            pool.CloseUnused(long.MaxValue);
        }
    }

    private UpstreamPool AddPool()
    {
        var pool = new UpstreamPool();
        pools.TryAdd(pool, 0);
        return pool;
    }
}
