using System.Globalization;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Services;

/// <summary>A service that the hub runs: started, started again with growing pauses when it ends, stopped.</summary>
internal sealed class ServiceSupervision(ServiceDeclaration declaration, int index, ServiceTools tools) : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly RestartPauses pauses = new();
    private readonly ServiceRow row = new(declaration.Name, tools);

    private volatile IServiceProcess? process;
    private long began;
    private Task supervision = Task.CompletedTask;

    /// <summary>Starts it, and waits until it answers if it has a URL.</summary>
    /// <exception cref="HubStartupException">It cannot be started, ended at once, or does not answer in time; nothing of it is left.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LaunchAsync(cancellationToken);
            if (declaration.Url is not null)
            {
                await RequireAnswerAsync(process!, cancellationToken);
            }
        }
        catch (SpawnException refusal)
        {
            await StopAsync(CancellationToken.None);
            throw new HubStartupException($"The service {declaration.Name} ({KnownSettings.Root}:Services:{index}) cannot be started: {refusal.Message}", refusal);
        }

        Supervise();
    }

    /// <summary>Starts it in the background, as often as it takes.</summary>
    public void Supervise() => supervision = Task.Run(SuperviseAsync);

    /// <summary>Stops it with all that it started; at once when cancelled.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await supervision;
        if (process is not null)
        {
            await EndAsync(cancellationToken);
            Log.Stopped(tools.Logger, declaration.Name);
        }
    }

    public void Dispose() => stopping.Dispose();

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        var url = Url();
        process = await tools.Launcher!.StartAsync(
            new ServiceLaunch
            {
                Name = declaration.Name,
                Command = [.. declaration.Command],
                Folder = declaration.Cwd,
                User = declaration.User,
                Environment = tools.Environment.For(declaration, url),
            },
            cancellationToken);
        began = tools.Time.GetTimestamp();
        Log.Started(tools.Logger, declaration.Name, process.Pid);
        await row.StartedAsync(process.Pid, url, cancellationToken);
    }

    private Uri? Url()
    {
        if (declaration.Url is not { } text)
        {
            return null;
        }

        var url = new Uri(text);
        return declaration.HasChosenPort ? new UriBuilder(url) { Port = tools.Launcher!.FindPort(url.IdnHost) }.Uri : url;
    }

    private async Task RequireAnswerAsync(IServiceProcess started, CancellationToken cancellationToken)
    {
        using var decided = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var exit = started.WaitForExitAsync(decided.Token);
        var answer = row.AnswersAsync(TimeSpan.FromSeconds(declaration.Timeout), decided.Token);
        var first = await Task.WhenAny(exit, answer);
        await decided.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (first == exit)
        {
            var condition = await exit;
            throw new SpawnException($"It ended with status {Status(condition)}. Last lines: {Detail(condition)}");
        }

        await exit.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (!await answer)
        {
            throw new SpawnException($"It did not answer at {declaration.Url} within {declaration.Timeout} seconds (Timeout).");
        }
    }

    private async Task SuperviseAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var pause = await RunOnceAsync();
                await Task.Delay(pause, tools.Time, stopping.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Stopping.
            }
        }
    }

    /// <summary>Runs it until it ends; how long to wait before the next time.</summary>
    private async Task<TimeSpan> RunOnceAsync()
    {
        try
        {
            if (process is null)
            {
                await LaunchAsync(stopping.Token);
            }

            var condition = await process!.WaitForExitAsync(stopping.Token);
            process = null;
            var pause = pauses.After(tools.Time.GetElapsedTime(began));
            Log.Exited(tools.Logger, declaration.Name, condition.ExitStatus, pause.TotalSeconds, Detail(condition));
            await row.EndedAsync(stopping.Token);
            return pause;
        }
#pragma warning disable CA1031 // Whatever keeps it from starting (a program that is being replaced, a database that is away) may pass.
        catch (Exception problem) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            var pause = pauses.After(TimeSpan.Zero);
            Log.StartFailed(tools.Logger, declaration.Name, pause.TotalSeconds, problem);
            await EndAsync(stopping.Token);
            return pause;
        }
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (process is { } running)
            {
                await running.StopAsync(cancellationToken);
                process = null;
            }

            await row.EndedAsync(CancellationToken.None);
        }
#pragma warning disable CA1031 // One service that cannot be stopped must not keep the others from it.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            Log.StopFailed(tools.Logger, declaration.Name, problem);
        }
    }

    private static string Status(ServerCondition condition) => condition.ExitStatus?.ToString(CultureInfo.InvariantCulture) ?? "unknown";

    // A service that prints its environment when it dies must not put its token into the log.
    private string Detail(ServerCondition condition) =>
        string.IsNullOrEmpty(condition.Detail) ? "(none)" : condition.Detail.Replace(declaration.ApiToken!.Reveal(), "…", StringComparison.Ordinal);
}
