using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>Adds the routes to a new proxy in the background, as often as it takes; given up where that proxy has ended too.</summary>
internal sealed class Restoration(Func<CancellationToken, Task> restore, TimeSpan pause, TimeProvider time, ILogger logger)
{
    private CancellationTokenSource? ending;
    private Task work = Task.CompletedTask;

    public void Begin(CancellationToken stopping)
    {
        ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        work = RunAsync(ending.Token);
    }

    public async Task CancelAsync()
    {
        if (ending is { } source)
        {
            ending = null;
            await source.CancelAsync();
            await work;
            source.Dispose();
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await restore(cancellationToken);
                Log.Restored(logger);
                return;
            }
#pragma warning disable CA1031 // A proxy or database that is away now may be back at the next attempt.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                if (!cancellationToken.IsCancellationRequested)
                {
                    Log.NotRestored(logger, problem);
                    await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
    }
}
