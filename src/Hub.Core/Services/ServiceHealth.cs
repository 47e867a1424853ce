using System.Collections.Concurrent;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Services;

/// <summary>Looks regularly whether services with a URL answer, and says so when that changes. Nothing else follows: a service that hangs is for people to look at.</summary>
internal sealed class ServiceHealth(
    IHubDatabase database, HubAddresses addresses, ReadinessProbe probe, JupyterHubOptions options, TimeProvider time, ILogger<ServiceHealth> logger) : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, byte> silent = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> answering = new(StringComparer.Ordinal);

    /// <summary>Services that did not answer when they were looked at last, by name.</summary>
    public IReadOnlyList<string> Silent => [.. silent.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether the service answered when it was looked at last; null if nobody has looked.</summary>
    public bool? Answers(string name) => answering.ContainsKey(name) ? true : silent.ContainsKey(name) ? false : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.ServiceCheckInterval <= 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.ServiceCheckInterval), time);
        do
        {
            await CheckAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>One round. Errors are logged; the next round tries again.</summary>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var services = await database.ReadAsync((db, token) => db.Services.Include(row => row.Server).Where(row => row.Server != null).ToListAsync(token), cancellationToken);
            foreach (var gone in silent.Keys.Concat(answering.Keys).Except(services.Select(service => service.Name)))
            {
                silent.TryRemove(gone, out _);
                answering.TryRemove(gone, out _);
            }

            // Of one that the hub runs and that ended just now, more was said already.
            var looked = services.Where(service => service.IsRouted).Select(service => (service.Name, Url: ServerAddress.ToUri(service.Server!))).Where(service => service.Url is not null);
            await Parallel.ForEachAsync(
                looked,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (service, token) => await CheckAsync(service.Name, service.Url!, token));
        }
#pragma warning disable CA1031 // A database that is away for a moment must not end the rounds for good.
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.CheckFailed(logger, problem);
        }
    }

    private async Task CheckAsync(string name, Uri url, CancellationToken cancellationToken)
    {
        if (await probe.WaitAsync(ServiceRoutes.RootOf(addresses, name, url), Patience, cancellationToken))
        {
            answering.TryAdd(name, 0);
            if (silent.TryRemove(name, out _))
            {
                Log.ReachableAgain(logger, LogText.Bound(name), url);
            }
        }
        else
        {
            answering.TryRemove(name, out _);
            if (silent.TryAdd(name, 0))
            {
                Log.Unreachable(logger, LogText.Bound(name), url);
            }
        }
    }
}
