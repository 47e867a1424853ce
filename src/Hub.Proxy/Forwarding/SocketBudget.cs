namespace JupyterHub.Proxy.Forwarding;

/// <summary>
/// Sockets that may be open at a time, those of clients and those of servers together. A process that runs into the system's limit of open
/// files cannot even load a library any more, and .NET does not survive that; whoever opens enough connections would end it.
/// </summary>
internal sealed class SocketBudget(long most)
{
    // Clients that only hold connections leave enough for the others' servers, and for the proxy's API.
    private readonly long mostOfClients = most - (most / 4);
    private long taken;
    private long clients;
    private Action? reclaim;

    /// <summary>Where somebody else sees to it.</summary>
    public static SocketBudget Unlimited { get; } = new(long.MaxValue);

    /// <summary>Takes one, unless all are taken.</summary>
    public bool TryTake() => TryAdd(ref taken, most);

    /// <summary>Takes one for a connection to a server: what is only kept for later gives way to what is wanted now.</summary>
    public bool TryTakeForServer()
    {
        if (TryTake())
        {
            return true;
        }

        Volatile.Read(ref reclaim)?.Invoke();
        return TryTake();
    }

    /// <summary>Says how connections that wait for use are closed.</summary>
    public void ReclaimBy(Action close)
    {
        // The unlimited one is everybody's, and never short.
        if (this != Unlimited)
        {
            Volatile.Write(ref reclaim, close);
        }
    }

    public void GiveBack() => Interlocked.Decrement(ref taken);

    /// <summary>Takes one for a client, of whom there may be fewer.</summary>
    public bool TryTakeForClient()
    {
        if (!TryAdd(ref clients, mostOfClients))
        {
            return false;
        }

        if (TryTake())
        {
            return true;
        }

        Interlocked.Decrement(ref clients);
        return false;
    }

    public void GiveBackOfClient()
    {
        GiveBack();
        Interlocked.Decrement(ref clients);
    }

    private static bool TryAdd(ref long count, long most)
    {
        if (Interlocked.Increment(ref count) <= most)
        {
            return true;
        }

        Interlocked.Decrement(ref count);
        return false;
    }
}
