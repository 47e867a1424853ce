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
        var awake = new AwakeTime(time);
        for (bool? isUp; (isUp = await IsUpAsync(StartAttempt, awake, cancellationToken)) != true;)
        {
            if (!process.IsAlive(mark))
            {
                throw new HubStartupException($"The proxy ended as soon as it was started. Last lines: {lastLines()}");
            }

            // Given a moment all the same: it may be another one that listens there, so that this one is about to end and to say so.
            if (isUp is null && awake.Passed > PingPatience)
            {
                throw new HubStartupException(
                    $"The proxy at {settings.Endpoint} refuses the hub's token: Proxy:Command may set another CONFIGPROXY_AUTH_TOKEN than JupyterHub:Proxy:AuthToken, or another proxy listens there. Last lines: {lastLines()}");
            }

            if (awake.Passed > StartPatience)
            {
                throw new HubStartupException($"The proxy did not listen within {StartPatience.TotalSeconds} seconds. Last lines: {lastLines()}");
            }

            await awake.PauseAsync(LookAgain, cancellationToken);
        }
    }

    /// <summary>Whether one that runs already does, given a moment; one that does not take the token never will.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        var awake = new AwakeTime(time);
        while (awake.Passed < PingPatience)
        {
            var isUp = await IsUpAsync(AdoptAttempt, awake, cancellationToken);
            if (isUp != false)
            {
                return isUp == true;
            }

            await awake.PauseAsync(LookAgain, cancellationToken);
        }

        return false;
    }

    /// <summary>Null where the token is refused, which will not pass.</summary>
    private async Task<bool?> IsUpAsync(TimeSpan longest, AwakeTime awake, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var attempt = TryAsync(enough.Token);
        await awake.WaitAsync(attempt, longest, cancellationToken);
        await enough.CancelAsync();
        return await attempt;
    }

    private async Task<bool?> TryAsync(CancellationToken enough)
    {
        try
        {
            await api.PingAsync(settings.Endpoint, Timeout.InfiniteTimeSpan, enough);
            return await ListenerCheck.AnswersAsync(settings.PublicUrl!, enough);
        }
        catch (ProxyException refused)
        {
            return refused.StatusCode == HttpStatusCode.Forbidden ? null : false;
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            return false;
        }
    }
}
