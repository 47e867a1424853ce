using System.Diagnostics.Metrics;
using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Diagnostics;

/// <summary>Metrics that are a state: counted when somebody looks, or every now and then where that costs a query.</summary>
internal sealed class HubGauges(HubMetrics metrics, ServerSupervisor supervisor, IHubDatabase database, TimeProvider time, ILogger<HubGauges> logger) : BackgroundService
{
    private static readonly TimeSpan UserInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ActivityInterval = TimeSpan.FromHours(1);

    private static readonly (string Name, TimeSpan Length)[] Periods =
        [("24h", TimeSpan.FromHours(24)), ("7d", TimeSpan.FromDays(7)), ("30d", TimeSpan.FromDays(30))];

    private readonly int[] active = new int[Periods.Length];
    private long users;
    private long countedVersion = -1;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.Observe(MetricDefinitions.RunningServers, () => [new Measurement<long>(supervisor.Statuses.Count(status => status.IsReady))]);
        metrics.Observe(MetricDefinitions.TotalUsers, () => [new Measurement<long>(Interlocked.Read(ref users))]);
        metrics.Observe(MetricDefinitions.ActiveUsers, () => Periods.Select((period, index) =>
            new Measurement<long>(Volatile.Read(ref active[index]), new KeyValuePair<string, object?>("period", period.Name))));
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Counts the users, unless nothing was written since the last time.</summary>
    public async Task CountUsersAsync(CancellationToken cancellationToken)
    {
        var version = database.ChangeVersion;
        if (version != Interlocked.Read(ref countedVersion))
        {
            var count = await database.ReadAsync((db, token) => db.Users.LongCountAsync(token), cancellationToken);
            Interlocked.Exchange(ref users, count);
            Interlocked.Exchange(ref countedVersion, version);
        }
    }

    /// <summary>Counts who was active in each period up to now.</summary>
    public async Task CountActiveUsersAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        for (var index = 0; index < Periods.Length; index++)
        {
            var since = now - Periods[index].Length;
            var count = await database.ReadAsync((db, token) => db.Users.CountAsync(user => user.LastActivity >= since, token), cancellationToken);
            Volatile.Write(ref active[index], count);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var nextCount = time.GetUtcNow();
        using var timer = new PeriodicTimer(UserInterval, time);
        do
        {
            var isHour = time.GetUtcNow() >= nextCount;
            nextCount = isHour ? time.GetUtcNow() + ActivityInterval : nextCount;
            await RunOnceAsync(isHour, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RunOnceAsync(bool countsActive, CancellationToken cancellationToken)
    {
        try
        {
            await CountUsersAsync(cancellationToken);
            if (countsActive)
            {
                await CountActiveUsersAsync(cancellationToken);
            }
        }
#pragma warning disable CA1031 // A database that is busy for a moment must not end the counting for good.
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.CountFailed(logger, problem);
        }
    }
}
