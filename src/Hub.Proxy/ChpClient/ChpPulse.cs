using JupyterHub.Core.Proxying;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>Asks a proxy now and then for a sign of life: one that runs and answers nobody is as good as dead.</summary>
internal sealed class ChpPulse(ChpSettings settings, ChpApiClient api, TimeProvider time, ILogger logger)
{
    // One call may meet a proxy that is busy for a moment.
    private const int LeastTries = 3;

    /// <summary>Done when a proxy has said nothing for as long as the settings allow, and to several calls of its API. What the hub itself slept or stood still does not count.</summary>
    public async Task WaitForSilenceAsync(int pid, CancellationToken cancellationToken)
    {
        do
        {
            await Task.Delay(settings.SilencePatience, time, cancellationToken);
        }
        while (await IsAnsweringAsync(new AwakeTime(time), cancellationToken) || !await StaysSilentAsync(pid, cancellationToken));
    }

    private async Task<bool> StaysSilentAsync(int pid, CancellationToken cancellationToken)
    {
        Log.Silent(logger, pid);
        var awake = new AwakeTime(time);
        for (var tries = 1; tries < LeastTries || awake.Passed < settings.SilencePatience; tries++)
        {
            await awake.PauseAsync(settings.CheckRunningInterval, cancellationToken);
            if (await IsAnsweringAsync(awake, cancellationToken))
            {
                Log.AnswersAgain(logger, pid);
                return false;
            }
        }

        return true;
    }

    private async Task<bool> IsAnsweringAsync(AwakeTime awake, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = AskAsync(enough.Token);
        await awake.WaitAsync(answer, settings.SilencePatience / LeastTries, cancellationToken);
        await enough.CancelAsync();
        return await answer;
    }

    // An error of its own is an answer too.
    private async Task<bool> AskAsync(CancellationToken enough)
    {
        try
        {
            await api.PingAsync(settings.Endpoint, Timeout.InfiniteTimeSpan, enough);
            return true;
        }
        catch (ProxyException problem)
        {
            return problem.StatusCode is not null;
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            return false;
        }
    }
}
