namespace JupyterHub.Core.Authentication.Throttling;

/// <summary>Wrong passwords of one kind: how many, and until when the next one has to wait.</summary>
internal sealed class FailureCount
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    // 2^10 seconds are past the longest wait.
    private const int MostDoublings = 10;

    private DateTimeOffset last;

    public int Failures { get; private set; }

    /// <summary>Attempts that have begun and are not decided yet.</summary>
    public int UnderWay { get; set; }

    public void Add(DateTimeOffset now, TimeSpan window, int free)
    {
        Failures = IsOver(now, window, free) ? 1 : Failures + 1;
        last = now;
    }

    /// <summary>When the next attempt is looked at: at once within the allowance, then after 1, 2, 4, … seconds.</summary>
    public DateTimeOffset OpensAt(int free)
    {
        var beyond = Failures - free;
        return beyond <= 0 ? last : last + TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(beyond - 1, MostDoublings)), LongestWait.TotalSeconds));
    }

    /// <summary>True when nothing has to be remembered any more.</summary>
    public bool IsOver(DateTimeOffset now, TimeSpan window, int free) => Failures == 0 || now >= OpensAt(free) + window;
}
