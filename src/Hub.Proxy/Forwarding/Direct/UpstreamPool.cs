namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>The connections to one route's server that wait for its next request, the last one used first.</summary>
internal sealed class UpstreamPool : IDisposable
{
    /// <summary>As many as are kept; more may be in use.</summary>
    public const int MostIdle = 512;

    private readonly Lock changing = new();
    private readonly Stack<UpstreamConnection> idle = new();
    private bool isClosed;

    /// <summary>Of routes that have gone: keeps nothing.</summary>
    public static UpstreamPool None { get; } = new() { isClosed = true };

    public bool IsClosed
    {
        get
        {
            lock (changing)
            {
                return isClosed;
            }
        }
    }

    public int Count
    {
        get
        {
            lock (changing)
            {
                return idle.Count;
            }
        }
    }

    /// <summary>Takes the connection that was used last. When even that was before a time it is closed: the one that is made instead takes its place.</summary>
    public UpstreamConnection? Take(long since)
    {
        UpstreamConnection? last;
        lock (changing)
        {
            if (!idle.TryPop(out last))
            {
                return null;
            }
        }

        if (last.LastUse >= since)
        {
            return last;
        }

        last.Dispose();
        return null;
    }

    /// <summary>Keeps a connection, or closes it when there are enough or the route has gone.</summary>
    public void Keep(UpstreamConnection connection)
    {
        lock (changing)
        {
            if (!isClosed && idle.Count < MostIdle)
            {
                idle.Push(connection);
                return;
            }
        }

        connection.Dispose();
    }

    /// <summary>Closes the connections that were not used since a time.</summary>
    public void CloseUnused(long since)
    {
        UpstreamConnection[] unused;
        lock (changing)
        {
            unused = [.. idle.Where(connection => connection.LastUse < since)];
            if (unused.Length > 0)
            {
                var kept = idle.Where(connection => connection.LastUse >= since).Reverse().ToArray();
                idle.Clear();
                foreach (var connection in kept)
                {
                    idle.Push(connection);
                }
            }
        }

        foreach (var connection in unused)
        {
            connection.Dispose();
        }
    }

    /// <summary>Closes what is kept; what is in use is closed when it comes back.</summary>
    public void Dispose()
    {
        UpstreamConnection[] kept;
        lock (changing)
        {
            isClosed = true;
            kept = [.. idle];
            idle.Clear();
        }

        foreach (var connection in kept)
        {
            connection.Dispose();
        }
    }
}
