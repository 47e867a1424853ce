using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
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
        Url = new Uri(address);
    }

    public Uri Url { get; }

    public static async Task<UpstreamServer> StartAsync(RequestDelegate handler)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        var app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        app.Run(handler);
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
