using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Tests.Hosts;

/// <summary>A real server that plays a single-user server.</summary>
public sealed class UpstreamServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private UpstreamServer(WebApplication app)
    {
        this.app = app;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Url = address.StartsWith("http://unix:", StringComparison.Ordinal) ? new Uri($"http+unix://{address["http://unix:".Length..]}") : new Uri(address);
    }

    /// <summary>Where it listens, as the target of a route.</summary>
    public Uri Url { get; }

    public static Task<UpstreamServer> StartAsync(RequestDelegate handler) => StartAsync(handler, kestrel => kestrel.Listen(IPAddress.Loopback, 0));

    /// <summary>A server that listens as a test says.</summary>
    public static Task<UpstreamServer> StartAsync(RequestDelegate handler, Action<KestrelServerOptions> listen) =>
        StartAsync(app => app.Run(handler), listen, _ => { });

    /// <summary>A server with endpoints and parts of its own.</summary>
    public static async Task<UpstreamServer> StartAsync(Action<WebApplication> map, Action<KestrelServerOptions> listen, Action<IServiceCollection> services)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        services(builder.Services);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            listen(kestrel);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        var app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        map(app);
        await app.StartAsync();
        return new UpstreamServer(app);
    }

    /// <summary>A server that answers with its name and the target that it was asked for.</summary>
    public static Task<UpstreamServer> StartNamedAsync(string name) => StartAsync(context =>
        context.Response.WriteAsync($"{name} {context.Request.Method} {context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}"));

    public async ValueTask DisposeAsync()
    {
        // Connections that a test leaves open shall not make it wait.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}
