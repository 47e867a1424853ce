using JupyterHub.Core.Spawning;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Servers;

/// <summary>Asks a started server whether it answers HTTP: any status below 500 on <c>{prefix}api</c>, redirects not followed.</summary>
internal sealed class ReadinessProbe(SpawnerOptions options, TimeProvider time, ILogger<ReadinessProbe> logger) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = 64,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Waits until the server answers; false if it did not within the HTTP timeout.</summary>
    public Task<bool> WaitAsync(ServerRecord record, CancellationToken cancellationToken)
    {
        // A name may look like a dot segment: the path has to go out as it is written.
        var url = new Uri($"{record.Address!.GetLeftPart(UriPartial.Authority)}{record.Prefix}api", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        return WaitAsync(url, TimeSpan.FromSeconds(options.HttpTimeout), cancellationToken);
    }

    /// <summary>Waits until something answers at an address; false if nothing did in time.</summary>
    public async Task<bool> WaitAsync(Uri url, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            for (var pause = FirstPause; !await AnswersAsync(url, either.Token); pause = Longer(pause))
            {
                await Task.Delay(pause * (0.75 + (Random.Shared.NextDouble() * 0.5)), time, either.Token);
            }

            return true;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose() => client.Dispose();

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 > LongestPause ? LongestPause : pause * 2;

    private async Task<bool> AnswersAsync(Uri url, CancellationToken cancellationToken)
    {
        using var attempt = new CancellationTokenSource(AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, attempt.Token);
        try
        {
            using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, either.Token);
            Log.Probed(logger, url.Port, (int)response.StatusCode);
            return (int)response.StatusCode < 500;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
