using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>Opens connections to servers, the same way for every forwarder.</summary>
internal sealed class UpstreamConnector(ForwardingOptions options, TimeProvider time)
{
    /// <summary>A new connection to a route's server, ready for HTTP/1.1: over TLS when the target is https.</summary>
    /// <exception cref="SocketException">The server is not there, took longer than <see cref="ForwardingOptions.ConnectTimeout"/>, or there is no socket left for it.</exception>
    /// <exception cref="AuthenticationException">TLS: the server is not who it should be, or does not believe the proxy.</exception>
    /// <exception cref="IOException">The server broke off while TLS was set up.</exception>
    public ValueTask<Stream> ConnectAsync(RouteEntry route, CancellationToken cancellationToken) =>
        ConnectAsync(route.Target, SslApplicationProtocol.Http11, cancellationToken);

    /// <summary>A new connection for a protocol that a TLS server is asked for; any other server is known to speak it.</summary>
    /// <inheritdoc cref="ConnectAsync(RouteEntry, CancellationToken)" path="/exception"/>
    public async ValueTask<Stream> ConnectAsync(UpstreamTarget target, SslApplicationProtocol protocol, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var connection = await OpenAsync(target, either.Token);
            return target.IsTls ? await EncryptAsync(connection, target, protocol, either.Token) : connection;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
    }

    private async Task<NetworkStream> OpenAsync(UpstreamTarget target, CancellationToken cancellationToken)
    {
        if (!options.Sockets.TryTakeForServer())
        {
            throw new SocketException((int)SocketError.TooManyOpenSockets);
        }

        try
        {
            return await OpenCountedAsync(target, cancellationToken);
        }
        catch
        {
            options.Sockets.GiveBack();
            throw;
        }
    }

    private async Task<NetworkStream> OpenCountedAsync(UpstreamTarget target, CancellationToken cancellationToken)
    {
        var socket = target.SocketPath is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(target.ToEndPoint(), cancellationToken);
            return new UpstreamSocketStream(socket, options.Sockets);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<SslStream> EncryptAsync(NetworkStream connection, UpstreamTarget target, SslApplicationProtocol protocol, CancellationToken cancellationToken)
    {
        var encrypted = new SslStream(connection);
        try
        {
            await encrypted.AuthenticateAsClientAsync(options.Tls.Current.OptionsFor(target.Host, protocol), cancellationToken);
            return encrypted;
        }
        catch
        {
            await encrypted.DisposeAsync();
            throw;
        }
    }
}
