using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Proxying;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Tests.Hosts;

/// <summary>A real Kestrel with nothing but the proxy in it; what has no route is answered by "hub".</summary>
internal sealed class ProxyHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly CapturedLog log;

    private ProxyHost(WebApplication app, CapturedLog log)
    {
        this.app = app;
        this.log = log;
        Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = Url };
    }

    public Uri Url { get; }

    public HttpClient Client { get; }

    public InProcessProxy Proxy => app.Services.GetRequiredService<InProcessProxy>();

    public IServiceProvider Services => app.Services;

    /// <summary>How requests ended, in the order of their ends.</summary>
    public ConcurrentQueue<ForwardResult> Results { get; } = new();

    public IReadOnlyCollection<string> LogLines => log.Lines;

    public static async Task<ProxyHost> StartAsync(Action<ProxyHostSetup>? configure = null)
    {
        var setup = new ProxyHostSetup();
        configure?.Invoke(setup);
        var log = new CapturedLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = setup.Protocols;
                setup.Listen?.Invoke(listen);
            });
            setup.Kestrel?.Invoke(kestrel);
        });
        builder.Services.AddSingleton(setup.Hub);
        builder.Services.AddSingleton(new HubAddresses("/"));
        if (setup.Time is not null)
        {
            builder.Services.AddSingleton(setup.Time);
        }

        if (setup.DrainTime is { } drainTime)
        {
            builder.Services.AddSingleton(provider => new RouteDraining(
                provider.GetRequiredService<ForwardingOptions>(), drainTime, provider.GetRequiredService<IHostApplicationLifetime>()));
        }

        if (setup.ErrorPage is not null)
        {
            builder.Services.AddSingleton(setup.ErrorPage);
        }

        new Builder(builder.Services).UseInProcessProxy(setup.Proxy);
        var app = builder.Build();
        ProxyHost? host = null;
        setup.Pipeline?.Invoke(app);
        app.Run(context => host!.AnswerAsync(context));
        await app.StartAsync();
        return host = new ProxyHost(app, log);
    }

    public Task RouteAsync(string routespec, Uri target) =>
        Proxy.AddRouteAsync(new ProxyRoute(routespec, target, new JsonObject { ["user"] = "ada" }), CancellationToken.None);

    /// <summary>A route to a server by another name for this machine.</summary>
    public Task RouteAsync(string routespec, Uri target, string host) => RouteAsync(routespec, new UriBuilder(target) { Host = host }.Uri);

    /// <summary>When a route was last used.</summary>
    public DateTimeOffset LastActivity(string routespec) => Proxy.Routes.Current.Routes.Single(route => route.Routespec.Text == routespec).Activity.Last;

    public Task<RawConnection> ConnectAsync() => RawConnection.OpenAsync(Url);

    /// <summary>Stops as a host does that is asked to.</summary>
    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (!context.TryGetTarget(out var target, out var error))
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(error.ToString());
            return;
        }

        var forwarder = context.RequestServices.GetRequiredService<ProxyForwarder>();
        if (Proxy.Match(target, context.Request.Host.Value) is not { } route)
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("hub");
            return;
        }

        Results.Enqueue(await forwarder.ForwardAsync(context, target, route));
    }

    private sealed class Builder(IServiceCollection services) : IHubBuilder
    {
        public IServiceCollection Services => services;
    }
}
