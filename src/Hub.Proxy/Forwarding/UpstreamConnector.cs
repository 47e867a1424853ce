using System.Net.Sockets;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Opens connections to servers, the same way for every forwarder.</summary>
internal sealed class UpstreamConnector(ForwardingOptions options, TimeProvider time)
{
    /// <summary>A new connection to a route's server, ready for HTTP.</summary>
    /// <exception cref="SocketException">The server is not there, or took longer than <see cref="ForwardingOptions.ConnectTimeout"/>.</exception>
    public async ValueTask<Stream> ConnectAsync(RouteEntry route, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var socket = SocketFor(route.Target);
        try
        {
            await socket.ConnectAsync(route.Target.ToEndPoint(), either.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket SocketFor(UpstreamTarget target) => target.SocketPath is null
        ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
        : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
