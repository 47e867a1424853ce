using JupyterHub.Core.Configuration;
using Microsoft.Extensions.Hosting;

namespace JupyterHub.Core.Servers;

/// <summary>Every few minutes: routes checked, the proxy's activity written, servers of hubs that died taken over.</summary>
internal sealed class ServerUpkeep(RouteCheck routes, ActivityMerge activity, ServerSupervisor supervisor, JupyterHubOptions options, ServerTools tools) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.LastActivityInterval <= 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.LastActivityInterval), tools.Time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RunOnceAsync(stoppingToken);
        }
    }

    /// <summary>One round. Errors are logged; the next round tries again.</summary>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await supervisor.ResumeAsync(cancellationToken);
            await activity.RunAsync(await tools.Proxy.GetRoutesAsync(cancellationToken), cancellationToken);
            await routes.RunAsync(cancellationToken);
        }
#pragma warning disable CA1031 // A proxy or database that is away for a moment must not end the upkeep for good.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.UpkeepError(tools.Logger, exception);
        }
    }
}
