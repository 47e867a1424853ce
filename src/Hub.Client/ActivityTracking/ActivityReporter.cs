using JupyterHub.Client.Authentication;
using JupyterHub.Client.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Client.ActivityTracking;

/// <summary>Tells the hub of activity, at the start and then when there was some, so that idle servers can be found.</summary>
internal sealed partial class ActivityReporter(ServiceSettings settings, HubActivity activity, HubHttp http, TimeProvider time, ILogger<ActivityReporter> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.ActivityUrl is not { } url || settings.ActivityInterval == TimeSpan.Zero)
        {
            return;
        }

        var api = HubApi.Create(http.Create, url, settings.ApiToken, time);
        var reported = DateTimeOffset.MinValue;
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var last = activity.Last;
            if (last > reported)
            {
                var isKnown = await TryReportAsync(api, last, stoppingToken);
                (reported, failures) = isKnown ? (last, 0) : (reported, failures + 1);
            }

            await Task.Delay(Pause(failures), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The interval, a little more or less so that servers do not report all at once; sooner after a failure, but ever later.</summary>
    private TimeSpan Pause(int failures)
    {
        var interval = settings.ActivityInterval * (0.9 + (Random.Shared.NextDouble() * 0.2));
        var retry = FirstRetry * Math.Pow(2, Math.Min(failures, 12) - 1);
        return failures > 0 && retry < interval ? retry : interval;
    }

    private async Task<bool> TryReportAsync(HubApi api, DateTimeOffset last, CancellationToken cancellation)
    {
        try
        {
            var body = HubApi.Json(
                ActivityBody.Of(last, new Dictionary<string, DateTimeOffset> { [settings.ServerName] = last }),
                HubJson.Default.ActivityBody);
            using var answer = await api.SendAsync(HttpMethod.Post, "", body, cancellation);
            return true;
        }
        catch (JupyterHubException problem)
        {
            LogNotReported(logger, problem.Message);
            return false;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(6902, LogLevel.Warning, "Activity was not reported: {Reason}")]
    private static partial void LogNotReported(ILogger logger, string reason);
}
