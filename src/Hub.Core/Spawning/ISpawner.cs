namespace JupyterHub.Core.Spawning;

/// <summary>Starts, watches and stops servers of one kind. One instance serves all users; what it must remember of a server is that server's state.</summary>
public interface ISpawner
{
    /// <summary>Starts a server and returns where it listens, or will listen shortly.</summary>
    /// <param name="request">What to start, and as whom.</param>
    /// <param name="cancellationToken">Cancelled by a stop or by the start timeout; whatever was started by then must be gone or found by <see cref="StopAsync"/>.</param>
    /// <exception cref="SpawnException">The server cannot be started, with a reason that its owner may read.</exception>
    Task<SpawnedServer> StartAsync(SpawnRequest request, CancellationToken cancellationToken);

    /// <summary>Tells whether a server still runs. "Unknown" is never a reason to give it up.</summary>
    Task<ServerCondition> PollAsync(ServerReference server, CancellationToken cancellationToken);

    /// <summary>Stops a server, politely first, and returns when it is gone. Stopping one that is gone already is no error.</summary>
    Task StopAsync(ServerReference server, CancellationToken cancellationToken);

    /// <summary>
    /// The options that can be chosen for a server, which may differ by its owner. By default the spawner declares none, and what is sent is
    /// stored and left alone; where it declares some, or an empty list, nothing else is accepted. Options of the configuration
    /// (<see cref="SpawnerOptions.Options"/>) are added, and replace those of the same name.
    /// </summary>
    /// <param name="context">For whom and which server.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The options in the order in which they are shown; null to declare none.</returns>
    /// <exception cref="SpawnException">The server cannot be started, with a reason that its owner may read.</exception>
    Task<IReadOnlyList<StartOption>?> GetOptionsAsync(StartOptionsContext context, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StartOption>?>(null);

    /// <summary>
    /// Gives what the spawner keeps of a stopped server, such as a volume, the name that the server is about to have. By default nothing
    /// is kept by name. Called again the other way round if the new name was taken meanwhile.
    /// </summary>
    /// <param name="server">The server by its present name.</param>
    /// <param name="newName">The name that it is about to have.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SpawnException">It cannot be renamed, with a reason that its owner may read.</exception>
    Task RenameAsync(ServerReference server, string newName, CancellationToken cancellationToken) => Task.CompletedTask;
}
