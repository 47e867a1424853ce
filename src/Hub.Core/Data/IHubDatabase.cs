namespace JupyterHub.Core.Data;

/// <summary>The database that several hub processes and other programs may share.</summary>
/// <remarks>
/// Each operation gets a context of its own. Writes run one after the other in one transaction each; triggers bump the
/// counter in <c>hub_changes</c> for whatever can change a decision, a route or a server's state, whoever writes it.
/// </remarks>
internal interface IHubDatabase
{
    /// <summary>Creates the schema in an empty database or checks the one that is there.</summary>
    /// <exception cref="Hosting.HubStartupException">The database cannot be opened or is of another revision; nothing was changed.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Runs a read in a context of its own, without change tracking.</summary>
    Task<T> ReadAsync<T>(Func<HubDbContext, CancellationToken, Task<T>> read, CancellationToken cancellationToken);

    /// <summary>
    /// Runs a write in one transaction behind the writes that were asked for before, saves, and commits. Nothing is kept if it throws.
    /// A write must not wait for anything but the database.
    /// </summary>
    Task<T> WriteAsync<T>(Func<HubDbContext, CancellationToken, Task<T>> write, CancellationToken cancellationToken);

    /// <summary>The newest version of the relevant data that this process knows of; a cache filled at another version is stale.</summary>
    /// <remarks>Moves with each commit of this process at once, and within a second of one by another program.</remarks>
    long ChangeVersion { get; }

    /// <summary>Moves with each commit, also with those that <see cref="ChangeVersion"/> leaves out (times of activity); as soon as that does.</summary>
    /// <remarks>It counts for this process alone and says nothing about how much was committed.</remarks>
    long CommitVersion { get; }

    /// <summary>Completes when <see cref="ChangeVersion"/> is no longer <paramref name="known"/>.</summary>
    Task WaitForChangeAsync(long known, CancellationToken cancellationToken);
}
