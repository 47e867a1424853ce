using System.Net;
using System.Net.Sockets;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Proxying;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace JupyterHub.AspNetCore.Hosting;

/// <summary>The listener of a hub that owns its application: <c>JupyterHub:BindUrl</c>, or <c>HubBindUrl</c> where another program is the proxy in front of it.</summary>
internal sealed class HubListener(JupyterHubOptions options, IHubProxy proxy)
{
    public const string DefaultBindUrl = "http://127.0.0.1:8000";
    public const string DefaultHubBindUrl = "http://127.0.0.1:8081";

    private readonly bool isBehindProxy = proxy is IExternalProxy;

    public Uri Url { get; } = proxy is IExternalProxy ? new(options.HubBindUrl ?? DefaultHubBindUrl) : new(options.BindUrl ?? DefaultBindUrl);

    private string Setting => isBehindProxy ? "JupyterHub:HubBindUrl" : "JupyterHub:BindUrl";

    /// <summary>Makes the server listen there. Called before it starts, for then what the application's own settings say comes too late.</summary>
    /// <exception cref="HubStartupException">The address cannot be listened on.</exception>
    public void Apply(IServer server)
    {
        if (Url.Scheme != Uri.UriSchemeHttp)
        {
            throw new HubStartupException($"{Setting} must begin with http:// in this version; put a proxy that speaks TLS in front, and set JupyterHub:PublicUrl.");
        }

        CheckFree();
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? throw new InvalidOperationException("The application's server has no addresses to set.");
        addresses.Clear();
        addresses.Add(Url.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>Finds out before anything is started whether the port is free, so that the answer is one line.</summary>
    private void CheckFree()
    {
        var address = Url.Host == "localhost" ? IPAddress.Loopback : Address();
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(address, Url.Port));
            socket.Listen(1);
        }
        catch (SocketException problem)
        {
            var reason = problem.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "another program listens there already",
                SocketError.AddressNotAvailable => "this machine does not have that address",
                SocketError.AccessDenied => "that port needs more rights",
                _ => problem.Message,
            };
            throw new HubStartupException($"The hub cannot listen on {Url.GetLeftPart(UriPartial.Authority)}: {reason}. Set {Setting} to another address.", problem);
        }
    }

    private IPAddress Address()
    {
        if (IPAddress.TryParse(Url.DnsSafeHost, out var address))
        {
            return address;
        }

        throw new HubStartupException($"{Setting} must name an IP address or localhost, not '{Url.Host}'.");
    }
}
