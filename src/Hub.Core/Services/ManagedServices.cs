using JupyterHub.Core.Authentication;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Services;

/// <summary>
/// Runs the services that the configuration gives a command. Of several hubs on one database the one that started first runs them; the
/// others take over when it is gone.
/// </summary>
internal sealed class ManagedServices(JupyterHubOptions options, CookieSecret secret, HubInstanceRegistry instances, ServiceTools tools) : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private List<ServiceSupervision> running = [];
    private Task watch = Task.CompletedTask;

    /// <summary>Completes the declarations, before the database is made to agree with them.</summary>
    public void Prepare() => ServiceSecrets.Complete(options.Services, secret);

    /// <summary>Starts all of them, if that is up to this hub, and waits until those with a URL answer.</summary>
    /// <exception cref="HubStartupException">One cannot be started, which is fatal; none is left running.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var isOurs = await instances.IsFirstAsync(cancellationToken);
        var declared = await DeclaredAsync(cancellationToken);
        if (isOurs && tools.Launcher is { } launcher)
        {
            await launcher.EndLeftoversAsync(cancellationToken);
        }

        if (declared.Count == 0)
        {
            return;
        }

        if (tools.Launcher is null)
        {
            throw new HubStartupException(
                $"The service {declared[0].Declaration.Name} ({KnownSettings.Root}:Services:{declared[0].Index}:Command) needs something that runs processes; add AddLocalProcessSpawner or AddSimpleSpawner to the builder that AddJupyterHub returns.");
        }

        if (isOurs)
        {
            await StartAllAsync(declared, cancellationToken);
        }
        else
        {
            Log.RunElsewhere(tools.Logger);
        }

        watch = Task.Run(() => WatchAsync(declared), CancellationToken.None);
    }

    /// <summary>Stops all of them, all at the same time; at once when cancelled.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await watch;
        await StopAllAsync(cancellationToken);
    }

    public void Dispose() => stopping.Dispose();

    /// <summary>Those whose name no service has that was made at run time.</summary>
    private async Task<IReadOnlyList<(ServiceDeclaration Declaration, int Index)>> DeclaredAsync(CancellationToken cancellationToken)
    {
        var taken = await tools.Database.ReadAsync(
            (db, token) => db.Services.Where(row => row.FromConfig == false).Select(row => row.Name).ToListAsync(token), cancellationToken);
        return [.. options.Services.Select((service, index) => (service, index)).Where(each => each.service.IsManaged && !taken.Contains(each.service.Name))];
    }

    private async Task StartAllAsync(IReadOnlyList<(ServiceDeclaration Declaration, int Index)> declared, CancellationToken cancellationToken)
    {
        running = Create(declared);
        try
        {
            await Task.WhenAll(running.Select(service => service.StartAsync(cancellationToken)));
        }
        catch
        {
            await StopAllAsync(CancellationToken.None);
            throw;
        }
    }

    private List<ServiceSupervision> Create(IEnumerable<(ServiceDeclaration Declaration, int Index)> declared) =>
        [.. declared.Select(each => new ServiceSupervision(each.Declaration, each.Index, tools))];

    private async Task StopAllAsync(CancellationToken cancellationToken)
    {
        var services = running;
        running = [];
        await Task.WhenAll(services.Select(service => service.StopAsync(cancellationToken)));
        services.ForEach(service => service.Dispose());
    }

    private async Task WatchAsync(IReadOnlyList<(ServiceDeclaration Declaration, int Index)> declared)
    {
        using var timer = new PeriodicTimer(LeaseTimes.RenewEvery, tools.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                await TakeTurnAsync(declared);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task TakeTurnAsync(IReadOnlyList<(ServiceDeclaration Declaration, int Index)> declared)
    {
        try
        {
            var isOurs = await instances.IsFirstAsync(stopping.Token);
            if (isOurs && running.Count == 0)
            {
                Log.TakenOver(tools.Logger);
                await tools.Launcher!.EndLeftoversAsync(stopping.Token);
                running = Create(declared);
                running.ForEach(service => service.Supervise());
            }
            else if (!isOurs && running.Count > 0)
            {
                Log.HandedOver(tools.Logger);
                await StopAllAsync(stopping.Token);
            }
        }
#pragma warning disable CA1031 // The next round tries again.
        catch (Exception problem) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.CheckFailed(tools.Logger, problem);
        }
    }
}
