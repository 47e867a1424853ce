using JupyterHub.Proxy.Forwarding;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone.Listening;

/// <summary>Lets as many connections in as there are sockets for, and closes the others at once.</summary>
internal sealed class Doorkeeper(SocketBudget budget, TimeProvider time, ILogger<Doorkeeper> logger)
{
    // Whoever floods the door shall not flood the log.
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private long quietUntil = long.MinValue;

    /// <summary>Watches a door for browsers, which leaves some sockets to others.</summary>
    public void WatchPublic(ListenOptions door) => door.Use(next => connection => ServeAsync(next, connection, budget.TryTakeForClient, budget.GiveBackOfClient));

    /// <summary>Watches a door for programs.</summary>
    public void WatchPrivate(ListenOptions door) => door.Use(next => connection => ServeAsync(next, connection, budget.TryTake, budget.GiveBack));

    private async Task ServeAsync(ConnectionDelegate next, ConnectionContext connection, Func<bool> tryTake, Action giveBack)
    {
        if (!tryTake())
        {
            Tell();
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            giveBack();
        }
    }

    private void Tell()
    {
        var now = time.GetUtcNow().UtcTicks;
        var until = Interlocked.Read(ref quietUntil);
        if (now >= until && Interlocked.CompareExchange(ref quietUntil, now + Silence.Ticks, until) == until)
        {
            Log.TurnedAway(logger);
        }
    }
}
