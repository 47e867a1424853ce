using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Diagnostics.Exposition;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Proxying;
using JupyterHub.Core.Services;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.Core.Hosting;

/// <summary>The hub without its web layer, as one thing that is opened, resumed, shut down and closed.</summary>
internal sealed class HubDomain(
    IHubDatabase database,
    CookieSecret cookieSecret,
    HubInitializer initializer,
    HubInstanceRegistry instances,
    InvalidNames invalidNames,
    ServerSupervisor supervisor,
    ManagedServices managed,
    HubMaintenance maintenance,
    ActivityFlush activity,
    IAuthenticator authenticator,
    HubMetrics metrics,
    MetricCollector collector,
    RouteCheck routes,
    IHubProxy proxy,
    IServiceProvider services)
{
    /// <summary>Passwords that were made up at this start, to be shown once.</summary>
    public FirstRunPasswords? FirstRunPasswords { get; private set; }

    private IExternalProxy? External => proxy as IExternalProxy;

    /// <summary>Checks and prepares everything that does not need the hub's address.</summary>
    /// <exception cref="HubStartupException">The hub cannot start as it is set up.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        // The secret was read when this object was made: a broken one is told before the database is touched.
        ArgumentNullException.ThrowIfNull(cookieSecret);
        collector.Start();
        managed.Prepare();
        await database.OpenAsync(cancellationToken);
        await initializer.InitializeAsync(cancellationToken);
        await instances.StartAsync(cancellationToken);
        await invalidNames.SettleAsync(cancellationToken);
        await activity.StartAsync(cancellationToken);
        if (authenticator is SharedPasswordAuthenticator)
        {
            FirstRunPasswords = await services.GetRequiredService<SharedPasswords>().EnsureAsync(cancellationToken);
        }
    }

    /// <summary>Finds running servers again, starts the services, and begins the regular work.</summary>
    /// <exception cref="HubStartupException">A service that the hub runs cannot be started.</exception>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (External is { } external)
        {
            await external.StartAsync(token => routes.RunAsync(token), cancellationToken);
        }

        var began = metrics.Now;
        await supervisor.ResumeAsync(cancellationToken);
        metrics.SpawnersChecked(began);
        await managed.StartAsync(cancellationToken);
        await maintenance.StartAsync(cancellationToken);
        await routes.RunAsync(cancellationToken);
    }

    /// <summary>Ends the regular work, stops the services, and stops the servers, and a proxy that the hub started, or leaves them to the next hub.</summary>
    public async Task ShutdownAsync(bool stopServers, bool stopProxy, CancellationToken cancellationToken)
    {
        try
        {
            await maintenance.StopAsync(cancellationToken);
            await Task.WhenAll(managed.StopAsync(cancellationToken), supervisor.ShutdownAsync(stopServers, cancellationToken));
        }
        finally
        {
            // Last, since what stops takes its routes out; and also where there was no time for that.
            await (External?.StopAsync(stopProxy, cancellationToken) ?? Task.CompletedTask);
        }
    }

    /// <summary>Writes the last activity, now that nobody is answered any more, and takes this process out of the list of running hubs.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await activity.StopAsync(cancellationToken);
        await instances.StopAsync(cancellationToken);
    }
}
