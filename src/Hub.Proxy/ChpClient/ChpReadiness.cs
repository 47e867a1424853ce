using System.Net;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Processes;
using JupyterHub.Core.Proxying;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>Tells whether a proxy takes both calls of its API and browsers.</summary>
internal sealed class ChpReadiness(ChpSettings settings, ChpApiClient api, TimeProvider time)
{
    // One that ended is noticed at once; one that is merely slow runs on a machine that is busy, as machines are that start everything at once.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PingPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StartAttempt = TimeSpan.FromSeconds(2);

    // Everybody's servers are reached through one that runs: that it is busy is no reason to end it.
    private static readonly TimeSpan AdoptAttempt = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until a proxy that was just started does.</summary>
    /// <exception cref="HubStartupException">It ended, or took too long; with its last lines.</exception>
    public async Task WaitAsync(ProcessIdentity process, ProcessMark mark, Func<string> lastLines, CancellationToken cancellationToken)
    {
        for (var began = time.GetTimestamp(); !await HasStartedAsync(cancellationToken);)
        {
            if (!process.IsAlive(mark))
            {
                throw new HubStartupException($"The proxy ended as soon as it was started. Last lines: {lastLines()}");
            }

            if (time.GetElapsedTime(began) > StartPatience)
            {
                throw new HubStartupException($"The proxy did not listen within {StartPatience.TotalSeconds} seconds. Last lines: {lastLines()}");
            }

            await Task.Delay(LookAgain, time, cancellationToken);
        }
    }

    /// <summary>Whether one that runs already does, given a moment; one that does not take the token never will.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < PingPatience; await Task.Delay(LookAgain, time, cancellationToken))
        {
            try
            {
                if (await IsUpAsync(AdoptAttempt, cancellationToken))
                {
                    return true;
                }
            }
            catch (ProxyException refused) when (refused.StatusCode == HttpStatusCode.Forbidden)
            {
                return false;
            }
            catch (ProxyException)
            {
                // Not yet.
            }
        }

        return false;
    }

    private async Task<bool> HasStartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await IsUpAsync(StartAttempt, cancellationToken);
        }
        catch (ProxyException)
        {
            return false;
        }
    }

    private async Task<bool> IsUpAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        await api.PingAsync(settings.Endpoint, timeout, cancellationToken);
        return await ListenerCheck.AnswersAsync(settings.PublicUrl!, cancellationToken);
    }
}
