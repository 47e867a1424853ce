using JupyterHub.Core.Addressing;
using JupyterHub.Proxy.ChpApi;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Routing;
using JupyterHub.Proxy.Standalone.ErrorPages;
using JupyterHub.Proxy.Standalone.Journal;
using JupyterHub.Proxy.Standalone.Listening;
using JupyterHub.Proxy.Standalone.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone;

/// <summary>A drop-in for configurable-http-proxy: its doors, its routes and what keeps them.</summary>
internal sealed class StandaloneProxy : IAsyncDisposable
{
    // Whoever is being served gets this long after the proxy was told to stop.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    private readonly ServiceProvider services;
    private readonly List<ProxyListener> listeners = [];

    private StandaloneProxy(ServiceProvider services) => this.services = services;

    public ChpRoutes Routes => services.GetRequiredService<ChpRoutes>();

    public IReadOnlyCollection<string> PublicAddresses { get; private set; } = [];

    public IReadOnlyCollection<string> ApiAddresses { get; private set; } = [];

    public IReadOnlyCollection<string> MetricsAddresses { get; private set; } = [];

    public IReadOnlyCollection<string> RedirectAddresses { get; private set; } = [];

    /// <summary>Opens all doors; when one cannot be opened, none is.</summary>
    public static async Task<StandaloneProxy> StartAsync(ProxySettings settings, ILoggerProvider log, TimeProvider time, CancellationToken cancellationToken)
    {
        var proxy = new StandaloneProxy(StandaloneServices.Create(settings, log, time));
        try
        {
            await proxy.OpenAsync(settings, log, cancellationToken);
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes all doors; what is under way may end, but not for long.</summary>
    public async Task StopAsync(string reason)
    {
        Log.Stopping(services.GetRequiredService<ILogger<StandaloneProxy>>(), reason);
        services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        using var late = new CancellationTokenSource(StopPatience, services.GetRequiredService<TimeProvider>());
        await Task.WhenAll(listeners.Select(listener => listener.StopAsync(late.Token)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in listeners)
        {
            await listener.DisposeAsync();
        }

        await services.DisposeAsync();
    }

    private async Task OpenAsync(ProxySettings settings, ILoggerProvider log, CancellationToken cancellationToken)
    {
        var logger = services.GetRequiredService<ILogger<StandaloneProxy>>();
        if (settings.DefaultTarget is { } target)
        {
            await DefaultRoute.SetAsync(Routes, target);
        }

        var api = services.GetRequiredService<RoutesApi>();
        ApiAddresses = await AddAsync(ProxyListener.StartAsync(settings.Api, api.AnswerAsync, log, ListenerLimits.Api, null, cancellationToken));
        var browsers = services.GetRequiredService<PublicHandler>();
        PublicAddresses = await AddAsync(ProxyListener.StartAsync(
            settings.Public, browsers.AnswerAsync, log, kestrel => ListenerLimits.Public(kestrel, settings.KeepAliveTimeout), null, cancellationToken));
        Log.Proxying(logger, settings.PublicTls is null ? "http" : "https", settings.Public.ToString(), settings.DefaultTarget ?? "(no default)");
        Log.Api(logger, settings.ApiTls is null ? "http" : "https", settings.Api.ToString());
    }

    private async Task<IReadOnlyCollection<string>> AddAsync(Task<ProxyListener> starting)
    {
        var listener = await starting;
        listeners.Add(listener);
        return listener.Addresses;
    }
}
