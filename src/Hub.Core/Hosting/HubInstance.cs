namespace JupyterHub.Core.Hosting;

/// <summary>A row of <c>hub_instances</c>: one running hub process.</summary>
internal sealed class HubInstance
{
    /// <summary>32 hexadecimal digits, new for each process.</summary>
    public required string Id { get; set; }

    public required string Host { get; set; }

    /// <summary>Identifies one boot of the machine, so that a process id of an earlier boot is never believed.</summary>
    public required string BootId { get; set; }

    public int Pid { get; set; }

    /// <summary>Start time of the process in clock ticks since boot; tells a reused process id from the one that was meant.</summary>
    public long PidStartTime { get; set; }

    public DateTime StartedAt { get; set; }
    public DateTime ExpiresAt { get; set; }
}
