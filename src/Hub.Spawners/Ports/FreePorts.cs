using System.Net;
using System.Net.Sockets;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Spawners.Ports;

/// <summary>
/// Finds free ports. Between the choice and the moment when the server binds it a port is nobody's, so one that was handed out is
/// not handed out again for a while.
/// </summary>
internal sealed class FreePorts(TimeProvider time)
{
    private const int Attempts = 100;

    /// <summary>Longer than a server takes from the choice of its port to binding it.</summary>
    private static readonly TimeSpan Reservation = TimeSpan.FromMinutes(2);

    private readonly Lock gate = new();
    private readonly Dictionary<int, DateTimeOffset> handedOut = [];

    /// <exception cref="SpawnException">The address is not this machine's, or no port is free.</exception>
    public int Take(string address)
    {
        var endpoint = new IPEndPoint(Parse(address), 0);
        lock (gate)
        {
            Forget(time.GetUtcNow());
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var port = AskSystem(endpoint);
                if (handedOut.TryAdd(port, time.GetUtcNow() + Reservation))
                {
                    return port;
                }
            }
        }

        throw new SpawnException("No port is free for this server; try again shortly.");
    }

    private static IPAddress Parse(string address) => address switch
    {
        "" => IPAddress.Any,
        "localhost" => IPAddress.Loopback,
        _ => IPAddress.TryParse(address.Trim('[', ']'), out var parsed) ? parsed : IPAddress.Any,
    };

    private static int AskSystem(IPEndPoint endpoint)
    {
        try
        {
            using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(endpoint);
            return ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
        catch (SocketException exception)
        {
            throw new SpawnException($"Servers cannot listen at {endpoint.Address} (JupyterHub:Spawner:Ip): {exception.SocketErrorCode}.", exception);
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (port, until) in handedOut)
        {
            if (until <= now)
            {
                handedOut.Remove(port);
            }
        }
    }
}
