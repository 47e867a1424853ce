namespace JupyterHub.Proxy.ChpClient;

/// <summary>Sees to it that the proxy is there and has its routes, from the hub's start to its end.</summary>
internal interface IChpWatch : IDisposable
{
    /// <summary>Begins; the proxy runs when this returns, if it is up to the hub.</summary>
    /// <param name="restore">Adds the routes again to a proxy that has lost them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Core.Hosting.HubStartupException">The proxy cannot be started.</exception>
    Task StartAsync(Func<CancellationToken, Task> restore, CancellationToken cancellationToken);

    /// <summary>Ends, and ends the proxy too if that is wanted and up to the hub.</summary>
    Task StopAsync(bool cleanUp, CancellationToken cancellationToken);
}
