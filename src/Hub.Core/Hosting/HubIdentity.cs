namespace JupyterHub.Core.Hosting;

/// <summary>Which process a hub instance is, and where.</summary>
internal sealed record HubIdentity(string Id, string Host, string BootId, int Pid, long PidStartTime)
{
    /// <summary>A new identity for this process.</summary>
    public static HubIdentity ForThisProcess() => new(
        Guid.NewGuid().ToString("N"),
        ProcessTable.Host(),
        ProcessTable.BootId(),
        Environment.ProcessId,
        ProcessTable.StartTimeOf(Environment.ProcessId) ?? 0);

    /// <summary>Whether the process of another instance is known to be gone, seen from here. Not knowing is not being gone.</summary>
    public bool KnowsDead(HubInstance other)
    {
        if (other.Host != Host || BootId.Length == 0 || other.BootId.Length == 0)
        {
            return false;
        }

        if (BootOf(other.BootId) != BootOf(BootId))
        {
            return true;
        }

        // In another container of the same boot the same process has another number.
        return other.BootId == BootId && ProcessTable.StartTimeOf(other.Pid) != other.PidStartTime;
    }

    private static string BootOf(string bootId) => bootId.Split('/')[0];
}
