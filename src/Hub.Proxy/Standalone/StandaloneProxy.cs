using JupyterHub.Proxy.ChpApi;
using JupyterHub.Proxy.Standalone.Journal;
using JupyterHub.Proxy.Standalone.Listening;
using JupyterHub.Proxy.Standalone.Metrics;
using JupyterHub.Proxy.Standalone.Tls;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.Standalone;

/// <summary>A drop-in for configurable-http-proxy: its doors, its routes and what keeps them.</summary>
internal sealed class StandaloneProxy : IAsyncDisposable
{
    // Whoever is being served gets this long after the proxy was told to stop.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    private readonly ServiceProvider services;
    private readonly ProxySettings settings;
    private readonly ILoggerProvider log;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    // Ended in the opposite order.
    private readonly Stack<IAsyncDisposable> parts = new();
    private readonly List<ProxyListener> listeners = [];

    private StandaloneProxy(ServiceProvider services, ProxySettings settings, ILoggerProvider log, TimeProvider time)
    {
        this.services = services;
        this.settings = settings;
        this.log = log;
        this.time = time;
        logger = services.GetRequiredService<ILogger<StandaloneProxy>>();
    }

    public ChpRoutes Routes => services.GetRequiredService<ChpRoutes>();

    /// <summary>What remembers them; null when nothing does.</summary>
    public RouteJournal? Journal => services.GetService<RouteJournal>();

    public IReadOnlyCollection<string> PublicAddresses { get; private set; } = [];

    public IReadOnlyCollection<string> ApiAddresses { get; private set; } = [];

    public IReadOnlyCollection<string> MetricsAddresses { get; private set; } = [];

    public IReadOnlyCollection<string> RedirectAddresses { get; private set; } = [];

    /// <summary>Restores the routes and opens all doors; when one cannot be opened, none is.</summary>
    /// <exception cref="Core.Hosting.HubStartupException">A file cannot be used; the message says which and why.</exception>
    /// <exception cref="IOException">A listener's address is in use.</exception>
    public static async Task<StandaloneProxy> StartAsync(ProxySettings settings, ILoggerProvider log, TimeProvider time, CancellationToken cancellationToken)
    {
        var (exclusion, reason) = await StandaloneJournal.LockAsync(settings, time, log.CreateLogger(nameof(StandaloneJournal)), cancellationToken);
        var proxy = new StandaloneProxy(CreateServices(settings, exclusion, log, time), settings, log, time);
        if (reason is not null)
        {
            Standalone.Journal.Log.NotKept(proxy.logger, reason);
        }

        try
        {
            await proxy.RestoreAsync(cancellationToken);
            await proxy.OpenAsync(cancellationToken);
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
        Log.Stopping(logger, reason);
        services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        using var late = new CancellationTokenSource(StopPatience, time);
        await Task.WhenAll(listeners.Select(listener => listener.StopAsync(late.Token)));
    }

    public async ValueTask DisposeAsync()
    {
        while (parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }

        await services.DisposeAsync();
    }

    private static ServiceProvider CreateServices(ProxySettings settings, FileStream? exclusion, ILoggerProvider log, TimeProvider time)
    {
        try
        {
            return StandaloneServices.Create(settings, exclusion, log, time);
        }
        catch
        {
            exclusion?.Dispose();
            throw;
        }
    }

    private async Task RestoreAsync(CancellationToken cancellationToken)
    {
        if (Journal is { } journal)
        {
            await services.GetRequiredService<JournalReplay>().ReadAsync(settings.JournalFile!);
            await DefaultRoute.SetUnlessTakenAsync(Routes, settings.DefaultTarget);
            parts.Push(await JournalKeeper.StartAsync(journal, Routes, settings.IsJournalOptional, time, cancellationToken));
        }
        else
        {
            await DefaultRoute.SetUnlessTakenAsync(Routes, settings.DefaultTarget);
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<IdleMemory>();
        var keeper = services.GetRequiredService<Doorkeeper>();
        PublicAddresses = await OpenAsync(
            settings.Public, services.GetRequiredService<PublicHandler>().AnswerAsync, host => ListenerLimits.Public(host, settings.KeepAliveTimeout),
            keeper.WatchPublic, (settings.PublicTls, "--ssl-cert"), cancellationToken);
        Log.Proxying(logger, settings.PublicTls is null ? "http" : "https", settings.Public.ToString(), settings.DefaultTarget ?? "(no default)");
        if (settings.Metrics is { } metrics)
        {
            MetricsAddresses = await OpenAsync(metrics, services.GetRequiredService<MetricsHandler>().AnswerAsync, ListenerLimits.Plain, keeper.WatchPrivate, default, cancellationToken);
            Log.Metrics(logger, metrics.ToString());
        }

        if (settings.Redirect is { } redirect)
        {
            RedirectAddresses = await OpenAsync(redirect, new RedirectHandler(settings.RedirectTo).AnswerAsync, ListenerLimits.Plain, keeper.WatchPublic, default, cancellationToken);
            Log.Redirecting(logger, redirect.ToString(), settings.RedirectTo);
        }

        // Last: a hub that reaches it may count on the rest.
        ApiAddresses = await OpenAsync(
            settings.Api, services.GetRequiredService<RoutesApi>().AnswerAsync, ListenerLimits.Api, keeper.WatchPrivate, (settings.ApiTls, "--api-ssl-cert"), cancellationToken);
        Log.Api(logger, settings.ApiTls is null ? "http" : "https", settings.Api.ToString());
    }

    private async Task<IReadOnlyCollection<string>> OpenAsync(
        ListenAddress address, RequestDelegate handler, Action<IWebHostBuilder> limit, Action<ListenOptions> watch, (TlsSettings? Settings, string Option) tls,
        CancellationToken cancellationToken)
    {
        var listen = watch;
        if (tls.Settings is { } tlsSettings)
        {
            var certificate = ReloadingCertificate.Open(tlsSettings, tls.Option, time, logger);
            parts.Push(certificate);
            listen += certificate.Apply;
        }

        var listener = await ProxyListener.StartAsync(address, handler, log, limit, listen, cancellationToken);
        parts.Push(listener);
        listeners.Add(listener);
        return listener.Addresses;
    }
}
