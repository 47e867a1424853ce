namespace JupyterHub.Client.ActivityTracking;

/// <summary>When this app was last used. Requests of visitors count by themselves; tell it of what happens on connections that stay open.</summary>
public sealed class HubActivity
{
    private readonly TimeProvider time;
    private long last;

    /// <summary>Starts with the present.</summary>
    public HubActivity(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        this.time = time;
        last = time.GetUtcNow().UtcTicks;
    }

    /// <summary>The time of the last use.</summary>
    public DateTimeOffset Last => new(Interlocked.Read(ref last), TimeSpan.Zero);

    /// <summary>Somebody uses the app now.</summary>
    public void Note() => Interlocked.Exchange(ref last, time.GetUtcNow().UtcTicks);
}
