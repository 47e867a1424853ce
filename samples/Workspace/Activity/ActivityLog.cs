namespace Workspace.Activity;

/// <summary>When somebody last did something here.</summary>
internal sealed class ActivityLog(TimeProvider time)
{
    private long last = time.GetUtcNow().UtcTicks;

    public DateTimeOffset Last => new(Interlocked.Read(ref last), TimeSpan.Zero);

    public void Note() => Interlocked.Exchange(ref last, time.GetUtcNow().UtcTicks);
}
