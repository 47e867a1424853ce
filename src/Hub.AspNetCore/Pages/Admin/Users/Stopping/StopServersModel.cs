using JupyterHub.AspNetCore.Errors;

namespace JupyterHub.AspNetCore.Pages.Admin.Users.Stopping;

/// <summary>How far the stopping of many servers has come.</summary>
internal sealed class StopServersModel(ServerStops stops) : HubPageModel
{
    private const int MostShown = 100;

    public ServerStop Stop { get; private set; } = null!;

    /// <summary>Read before the number, so that the page of a finished stop has all of it.</summary>
    public bool IsOver { get; private set; }

    public int Stopped { get; private set; }

    public IReadOnlyList<NotStopped> Failures { get; private set; } = [];

    public int MoreFailures { get; private set; }

    /// <summary>For the bar: what is no longer waited for.</summary>
    public int Settled => Stopped + Failures.Count + MoreFailures;

    public void OnGet()
    {
        Stop = stops.Find(Hub.Value("stop"), Hub.Known)
            ?? throw HubHttpException.NotFound("The hub knows nothing of this. It may have been restarted since; the list of users shows what runs.");
        IsOver = Stop.IsOver;
        Stopped = Stop.Stopped;
        Failures = [.. Stop.Failures.Take(MostShown)];
        MoreFailures = Math.Max(0, Stop.Failures.Count - MostShown);
    }
}
