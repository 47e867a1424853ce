namespace JupyterHub.AspNetCore.Hosting;

/// <summary>What was asked for with the shutdown that is under way; it goes before the configuration.</summary>
internal sealed class ShutdownRequest
{
    private volatile object? cleanupServers;
    private volatile object? cleanupProxy;

    /// <summary>Stop the users' servers, leave them, or do as configured (null).</summary>
    public bool? CleanupServers
    {
        get => (bool?)cleanupServers;
        set => cleanupServers = value;
    }

    /// <summary>Stop a proxy that the hub started, leave it, or do as configured (null).</summary>
    public bool? CleanupProxy
    {
        get => (bool?)cleanupProxy;
        set => cleanupProxy = value;
    }
}
