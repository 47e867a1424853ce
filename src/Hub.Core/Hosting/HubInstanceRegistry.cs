using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Hosting;

/// <summary>Makes this process known in <c>hub_instances</c> and keeps it and its leases alive while it runs.</summary>
/// <remarks>
/// Start it when the database is open and before servers are looked after; stop it after they are. Heartbeats leave the
/// counter of changes alone. An instance that could not renew in time may find its row and its leases gone: it registers
/// again, and the leases it lost have moved the counter.
/// </remarks>
internal sealed class HubInstanceRegistry : IAsyncDisposable
{
    private readonly IHubDatabase database;
    private readonly TimeProvider time;
    private readonly ILogger<HubInstanceRegistry> logger;
    private readonly CancellationTokenSource stopping = new();
    private Task? heartbeats;

    public HubInstanceRegistry(IHubDatabase database, TimeProvider time, ILogger<HubInstanceRegistry> logger)
        : this(database, HubIdentity.ForThisProcess(), time, logger)
    {
    }

    internal HubInstanceRegistry(IHubDatabase database, HubIdentity identity, TimeProvider time, ILogger<HubInstanceRegistry> logger)
    {
        this.database = database;
        this.time = time;
        this.logger = logger;
        Identity = identity;
        StartedAt = time.GetHubTime();
    }

    /// <summary>This process.</summary>
    public HubIdentity Identity { get; }

    /// <summary>When this hub was started (UTC).</summary>
    public DateTime StartedAt { get; }

    /// <summary>Registers this process, forgets those that are dead, and begins to renew.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            async (context, cancel) =>
            {
                await RegisterAsync(context, cancel);
                await RemoveDeadAsync(context, cancel);
            },
            cancellationToken);
        heartbeats ??= Task.Run(() => BeatAsync(stopping.Token), CancellationToken.None);
    }

    /// <summary>Stops renewing and takes this process out, its leases with it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (heartbeats is null)
        {
            return;
        }

        await stopping.CancelAsync();
        await heartbeats;
        heartbeats = null;
        await database.WriteAsync((context, cancel) => context.Instances.Where(row => row.Id == Identity.Id).ExecuteDeleteAsync(cancel), cancellationToken);
    }

    /// <summary>Stops renewing; without <see cref="StopAsync"/> the row stays until it expires, as after a crash.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        if (heartbeats is not null)
        {
            await heartbeats;
        }

        stopping.Dispose();
    }

    /// <summary>Writes this process's row, inside a write; leases refer to it.</summary>
    internal async Task RegisterAsync(HubDbContext context, CancellationToken cancellationToken)
    {
        var expiresAt = time.GetHubTime() + LeaseTimes.Length;
        if (await context.Instances.Where(row => row.Id == Identity.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, expiresAt), cancellationToken) > 0)
        {
            return;
        }

        context.Instances.Add(new HubInstance
        {
            Id = Identity.Id,
            Host = Identity.Host,
            BootId = Identity.BootId,
            Pid = Identity.Pid,
            PidStartTime = Identity.PidStartTime,
            StartedAt = StartedAt,
            ExpiresAt = expiresAt,
        });
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Renews this process and all leases that it holds, in one write.</summary>
    internal Task RenewAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async (context, cancel) =>
        {
            await RegisterAsync(context, cancel);
            var expiresAt = time.GetHubTime() + LeaseTimes.Length;
            await context.ServerLeases
                .Where(row => row.InstanceId == Identity.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, expiresAt), cancel);
        },
        cancellationToken);

    /// <summary>Whether this process is the one that started first of all that live.</summary>
    internal Task<bool> IsFirstAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async (context, cancel) =>
        {
            var others = await context.Instances.Where(row => row.Id != Identity.Id).ToListAsync(cancel);
            return !others.Exists(row => !IsGone(row) && (row.StartedAt < StartedAt || (row.StartedAt == StartedAt && string.CompareOrdinal(row.Id, Identity.Id) < 0)));
        },
        cancellationToken);

    /// <summary>Whether an instance has ended or has let its time run out.</summary>
    internal bool IsGone(HubInstance instance) => instance.ExpiresAt <= time.GetHubTime() || Identity.KnowsDead(instance);

    private async Task RemoveDeadAsync(HubDbContext context, CancellationToken cancellationToken)
    {
        var others = await context.Instances.Where(row => row.Id != Identity.Id).ToListAsync(cancellationToken);
        context.Instances.RemoveRange(others.Where(IsGone));
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LeaseTimes.RenewEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await TryRenewAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task TryRenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RenewAsync(cancellationToken);
        }
#pragma warning disable CA1031 // Whatever keeps one heartbeat from the database, the next must still be tried.
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            HostingLog.HeartbeatFailed(logger, exception);
        }
#pragma warning restore CA1031
    }
}
