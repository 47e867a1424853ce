using System.Net.Sockets;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>A connection to a server, which gives its socket back to the budget when it is closed.</summary>
internal sealed class UpstreamSocketStream : NetworkStream
{
    // Null before it is a connection, when whoever makes it gives back, and after it was one.
    private SocketBudget? budget;

    public UpstreamSocketStream(Socket socket, SocketBudget budget)
        : base(socket, ownsSocket: true) => this.budget = budget;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Interlocked.Exchange(ref budget, null)?.GiveBack();
    }
}
