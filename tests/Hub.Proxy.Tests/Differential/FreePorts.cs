using System.Net;
using System.Net.Sockets;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>Ports for programs that cannot choose one themselves, below those that the system gives to outgoing connections.</summary>
internal static class FreePorts
{
    private static int next = 20_000 + (Environment.ProcessId % 100 * 100);

    public static int Take()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref next);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it: the next one.
            }
        }
    }
}
