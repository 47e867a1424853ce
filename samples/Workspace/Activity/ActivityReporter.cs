using Workspace.Hub;

namespace Workspace.Activity;

/// <summary>Tells the hub of activity, at the start and then when there was some, so that idle servers can be found.</summary>
internal sealed partial class ActivityReporter(
    WorkspaceSettings settings,
    ActivityLog activity,
    HubClient hub,
    TimeProvider time,
    ILogger<ActivityReporter> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.ActivityUrl is not { } url || settings.ActivityInterval == TimeSpan.Zero)
        {
            return;
        }

        var reported = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(settings.ActivityInterval, time);
        do
        {
            reported = await ReportAsync(url, reported, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>What the hub knows afterwards; unchanged when it could not be told, so that the next round tries again.</summary>
    private async Task<DateTimeOffset> ReportAsync(string url, DateTimeOffset reported, CancellationToken cancellation)
    {
        var last = activity.Last;
        if (last <= reported)
        {
            return reported;
        }

        try
        {
            await hub.PostActivityAsync(url, last, cancellation);
            return last;
        }
        catch (HubUnavailableException problem)
        {
            LogNotReported(problem.Message);
            return reported;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activity was not reported: {Reason}")]
    private partial void LogNotReported(string reason);
}
