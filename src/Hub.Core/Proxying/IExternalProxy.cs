namespace JupyterHub.Core.Proxying;

/// <summary>A proxy that is a program of its own: browsers talk to it, and it talks to the hub.</summary>
internal interface IExternalProxy : IHubProxy
{
    /// <summary>True if the hub starts it, and knows by that that it adds to each request who its client is.</summary>
    bool DescribesClients { get; }

    /// <summary>Where browsers reach it; null where only its operator knows.</summary>
    Uri? PublicUrl { get; }

    /// <summary>Routes of the operator's that are kept in it besides the hub's own.</summary>
    IReadOnlyList<ProxyRoute> ExtraRoutes { get; }

    /// <summary>Starts it, or finds it, and waits until it takes routes; from then on it is watched.</summary>
    /// <param name="restore">Called when it has lost its routes: adds them again.</param>
    /// <param name="cancellationToken">Gives up; what was started is ended.</param>
    /// <exception cref="Hosting.HubStartupException">It cannot be started, or does not answer.</exception>
    Task StartAsync(Func<CancellationToken, Task> restore, CancellationToken cancellationToken);

    /// <summary>Ends the watch, and the proxy itself if that is wanted and the hub started it.</summary>
    Task StopAsync(bool cleanUp, CancellationToken cancellationToken);

    /// <summary>Turns to another address or token of its API, once that has been seen to answer; null leaves what is.</summary>
    /// <exception cref="ProxyChangeException">It was refused, with the reason; nothing has changed.</exception>
    Task ChangeAsync(string? apiUrl, string? authToken, CancellationToken cancellationToken);
}
