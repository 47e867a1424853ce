namespace JupyterHub.Core.Hosting;

/// <summary>How long ownership lasts.</summary>
internal static class LeaseTimes
{
    /// <summary>
    /// After this long without renewal a lease may be taken. Only when a whole machine is lost does anybody wait for it (a
    /// dead process on the same machine is recognized at once), so it is long enough for a hub that stops to breathe.
    /// </summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    /// <summary>A third of the length: two heartbeats may fail before anything is lost.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);
}
