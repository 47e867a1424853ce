using System.Net;
using System.Net.Sockets;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>Looks at the addresses that the proxy listens at.</summary>
internal static class ListenerCheck
{
    private const string ApiSetting = "JupyterHub:Proxy:ApiUrl";

    /// <summary>
    /// Finds out whether another program listens there before the proxy is started: it would be taken for the proxy, or the proxy would end
    /// with an error of its own. What else may be wrong (rights, foreign addresses) the proxy itself knows better.
    /// </summary>
    /// <exception cref="HubStartupException">One of the addresses is taken.</exception>
    public static void Require(ChpSettings settings)
    {
        Require(settings.PublicUrl!, "JupyterHub:BindUrl");
        if (settings.Endpoint.SocketPath is { } path)
        {
            RequireSocket(path, ApiSetting);
        }
        else
        {
            Require(settings.Endpoint.ApiUrl, ApiSetting);
        }
    }

    /// <summary>Whether somebody takes connections there.</summary>
    public static async Task<bool> AnswersAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            var address = AddressOf(url);
            if (address is null)
            {
                await socket.ConnectAsync(url.DnsSafeHost, url.Port, cancellationToken);
            }
            else
            {
                await socket.ConnectAsync(address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address, url.Port, cancellationToken);
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void RequireSocket(string path, string setting)
    {
        if (StaleSocket.ObstacleAt(path) is { } obstacle)
        {
            throw new HubStartupException($"The proxy cannot listen on {path} ({setting}): {obstacle}");
        }
    }

    private static void Require(Uri url, string setting)
    {
        if (AddressOf(url) is not { } address)
        {
            return;
        }

        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(address, url.Port));
            socket.Listen(1);
        }
        catch (SocketException problem) when (problem.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new HubStartupException(
                $"The proxy cannot listen on {url.GetLeftPart(UriPartial.Authority)} ({setting}): another program listens there already. End it, or set another address.", problem);
        }
        catch (SocketException)
        {
            // The proxy may have rights that the hub has not.
        }
    }

    private static IPAddress? AddressOf(Uri url) =>
        url.DnsSafeHost == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(url.DnsSafeHost, out var address) ? address : null;
}
