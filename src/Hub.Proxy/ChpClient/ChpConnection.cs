using System.Net;
using System.Net.Sockets;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>Opens connections to the proxy's API, over TCP or a Unix socket.</summary>
internal static class ChpConnection
{
    /// <summary>Says to a request which socket it is for; without it, it is for the host of its URL.</summary>
    public static readonly HttpRequestOptionsKey<string> SocketPath = new("JupyterHub.Proxy.SocketPath");

    public static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var isLocal = context.InitialRequestMessage.Options.TryGetValue(SocketPath, out var path);
        var socket = isLocal ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            EndPoint address = isLocal ? new UnixDomainSocketEndPoint(path!) : context.DnsEndPoint;
            await socket.ConnectAsync(address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
