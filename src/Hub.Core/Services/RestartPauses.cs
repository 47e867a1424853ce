namespace JupyterHub.Core.Services;

/// <summary>How long to wait before a service that ended is started again: longer each time, unless it had run well for a while.</summary>
internal sealed class RestartPauses
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Whoever ran this long did not fail at its start.</summary>
    public static readonly TimeSpan RanWell = TimeSpan.FromMinutes(1);

    private TimeSpan next = Shortest;

    /// <param name="ran">How long it ran; zero if it could not even be started.</param>
    public TimeSpan After(TimeSpan ran)
    {
        var pause = ran >= RanWell ? Shortest : next;
        next = pause * 2 < Longest ? pause * 2 : Longest;
        return pause;
    }
}
