using JupyterHub.Core.Data;

namespace JupyterHub.Testing;

/// <summary>A hub's database that counts what it is asked for, and can be told to fail.</summary>
internal sealed class CountingDatabase(IHubDatabase inner) : IHubDatabase, IAsyncDisposable
{
    private int reads;
    private int writes;

    public int Reads => Volatile.Read(ref reads);

    /// <summary>Writes that were asked for, also those that failed.</summary>
    public int Writes => Volatile.Read(ref writes);

    /// <summary>What each write throws instead of writing.</summary>
    public Exception? Failure { get; set; }

    public long ChangeVersion => inner.ChangeVersion;

    public long CommitVersion => inner.CommitVersion;

    public Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public Task<T> ReadAsync<T>(Func<HubDbContext, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref reads);
        return inner.ReadAsync(read, cancellationToken);
    }

    public Task<T> WriteAsync<T>(Func<HubDbContext, CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref writes);
        return Failure is { } failure ? Task.FromException<T>(failure) : inner.WriteAsync(write, cancellationToken);
    }

    public Task WaitForChangeAsync(long known, CancellationToken cancellationToken) => inner.WaitForChangeAsync(known, cancellationToken);

    public ValueTask DisposeAsync() => inner is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;
}
