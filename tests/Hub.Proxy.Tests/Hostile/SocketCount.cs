namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Sockets that this process has open.</summary>
internal static class SocketCount
{
    public static int Now()
    {
        var count = 0;
        foreach (var descriptor in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
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
