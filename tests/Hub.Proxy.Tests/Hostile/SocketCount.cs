namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Sockets that a process has open.</summary>
internal static class SocketCount
{
    /// <summary>Those of this process.</summary>
    public static int Now() => Of(Environment.ProcessId);

    public static int Of(int process)
    {
        var count = 0;
        foreach (var descriptor in Directory.EnumerateFileSystemEntries($"/proc/{process}/fd"))
        {
            try
            {
                count += File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name.StartsWith("socket:", StringComparison.Ordinal) == true ? 1 : 0;
            }
            catch (IOException)
            {
                // Closed in the meantime.
            }
        }

        return count;
    }
}
