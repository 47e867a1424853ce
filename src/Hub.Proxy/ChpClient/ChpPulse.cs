using JupyterHub.Core.Proxying;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>Asks a proxy now and then for a sign of life: one that runs and answers nobody is as good as dead.</summary>
internal sealed class ChpPulse(ChpSettings settings, ChpApiClient api, TimeProvider time, ILogger logger)
{
    // However long the hub itself stood still meanwhile.
    private const int LeastTries = 3;

    /// <summary>Done when a proxy has said nothing for as long as the settings allow, and to several calls of its API.</summary>
    public async Task WaitForSilenceAsync(int pid, CancellationToken cancellationToken)
    {
        do
        {
            await Task.Delay(settings.SilencePatience, time, cancellationToken);
        }
        while (await IsAnsweringAsync(cancellationToken) || !await StaysSilentAsync(pid, cancellationToken));
    }

    private async Task<bool> StaysSilentAsync(int pid, CancellationToken cancellationToken)
    {
        Log.Silent(logger, pid);
        var began = time.GetTimestamp();
        for (var tries = 1; tries < LeastTries || time.GetElapsedTime(began) < settings.SilencePatience; tries++)
        {
            await Task.Delay(settings.CheckRunningInterval, time, cancellationToken);
            if (await IsAnsweringAsync(cancellationToken))
            {
                Log.AnswersAgain(logger, pid);
                return false;
            }
        }

        return true;
    }

    // An error of its own is an answer too.
    private async Task<bool> IsAnsweringAsync(CancellationToken cancellationToken)
    {
        try
        {
            await api.PingAsync(settings.Endpoint, settings.SilencePatience / LeastTries, cancellationToken);
            return true;
        }
        catch (ProxyException problem)
        {
            return problem.StatusCode is not null;
        }
    }
}
