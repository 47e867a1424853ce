using System.Net.Sockets;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>A connection to a server, which gives its socket back to the budget when it is closed.</summary>
internal sealed class UpstreamSocketStream(Socket socket, SocketBudget budget) : NetworkStream(socket, ownsSocket: true)
{
    private int isGivenBack;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (Interlocked.Exchange(ref isGivenBack, 1) == 0)
        {
            budget.GiveBack();
        }
    }
}
