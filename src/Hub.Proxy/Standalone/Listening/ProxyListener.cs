using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone.Listening;

/// <summary>A Kestrel of its own for each of the proxy's doors, each with its own limits, and nothing between Kestrel and the handler.</summary>
internal sealed class ProxyListener : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly IServer server;

    private ProxyListener(WebApplication app, IServer server)
    {
        this.app = app;
        this.server = server;
    }

    /// <summary>The URLs that it listens at, with the ports that were free.</summary>
    public IReadOnlyCollection<string> Addresses => [.. server.Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <summary>Opens the door.</summary>
    /// <exception cref="IOException">The address is in use, not ours, unknown or may not be used; the message names it.</exception>
    public static async Task<ProxyListener> StartAsync(
        ListenAddress address, RequestDelegate handler, ILoggerProvider log, Action<IWebHostBuilder> limit, Action<ListenOptions> listen, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(address, handler, log, limit, listen, cancellationToken);
        }
        catch (SocketException problem)
        {
            // The system does not say which of the addresses it means.
            throw new IOException($"Cannot listen at {address}: {problem.Message}.", problem);
        }
    }

    /// <summary>Takes no more connections, and ends what is left when the token is cancelled.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task<ProxyListener> OpenAsync(
        ListenAddress address, RequestDelegate handler, ILoggerProvider log, Action<IWebHostBuilder> limit, Action<ListenOptions> listen, CancellationToken cancellationToken)
    {
        var addresses = await address.ResolveAsync(cancellationToken);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders().AddProvider(new KestrelLog(log)).AddFilter("Microsoft", LogLevel.Error);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Listen(kestrel, address, addresses, listen);
        });
        limit(builder.WebHost);
        var app = builder.Build();
        var server = app.Services.GetRequiredService<IServer>();
        try
        {
            await server.StartAsync(new DirectApplication(handler, app.Services), cancellationToken);
            return new ProxyListener(app, server);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, IPAddress[] addresses, Action<ListenOptions> listen)
    {
        if (address.SocketPath is { } path)
        {
            if (StaleSocket.ObstacleAt(path) is { } obstacle)
            {
                throw new IOException($"Cannot listen at {path}: {obstacle}");
            }

            kestrel.ListenUnixSocket(path, listen);
        }
        else if (address.IsEveryInterface)
        {
            kestrel.ListenAnyIP(address.Port, listen);
        }
        else if (address.Port == 0)
        {
            // Any free port is one port: a second address would get another.
            kestrel.Listen(addresses[0], 0, listen);
        }
        else
        {
            foreach (var one in addresses)
            {
                kestrel.Listen(one, address.Port, listen);
            }
        }
    }
}
