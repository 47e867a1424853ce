namespace JupyterHub.Proxy.Forwarding;

/// <summary>Counts the WebSockets of all routes and refuses more than there may be.</summary>
internal sealed class WebSocketLimit(ForwardingOptions options)
{
    private readonly int most = options.MaxWebSockets ?? int.MaxValue;
    private int open;

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref open) <= most)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref open);
}
