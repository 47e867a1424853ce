using JupyterHub.Core.Data;

namespace JupyterHub.Core.Caching;

/// <summary>Reads of the database whose results are kept for as long as nothing has been written that could make them others. What is not there is not kept.</summary>
/// <remarks>
/// A result is labelled with the versions that were current before it was read, so it can be newer than its label, never older.
/// Results are shared by requests: nobody may change them.
/// </remarks>
/// <param name="database">Where it is read from.</param>
/// <param name="capacity">Most results that are kept.</param>
/// <param name="isLasting">False for a result that time alone makes another: it is not kept.</param>
internal sealed class KeptReads<TKey, TValue>(IHubDatabase database, int capacity, Func<TValue, bool>? isLasting = null)
    where TKey : notnull
    where TValue : class
{
    private readonly RecentItems<TKey, Kept> items = new(capacity);

    /// <summary>The result as it would be read now. Activity that is not yet written is not in it (<see cref="ActivityTracking.PendingActivity"/>).</summary>
    public Task<TValue?> GetAsync(TKey key, Func<HubDbContext, CancellationToken, Task<TValue?>> read, CancellationToken cancellationToken) =>
        items.TryGet(key, out var kept) && kept.CommitVersion == database.CommitVersion
            ? Task.FromResult<TValue?>(kept.Value)
            : ReadAsync(key, read, cancellationToken);

    /// <summary>The same, but times of activity may be older: for questions of what there is.</summary>
    public Task<TValue?> GetWithoutActivityAsync(TKey key, Func<HubDbContext, CancellationToken, Task<TValue?>> read, CancellationToken cancellationToken) =>
        items.TryGet(key, out var kept) && kept.ChangeVersion == database.ChangeVersion
            ? Task.FromResult<TValue?>(kept.Value)
            : ReadAsync(key, read, cancellationToken);

    private async Task<TValue?> ReadAsync(TKey key, Func<HubDbContext, CancellationToken, Task<TValue?>> read, CancellationToken cancellationToken)
    {
        var (changes, commits) = (database.ChangeVersion, database.CommitVersion);
        var value = await database.ReadAsync(read, cancellationToken);
        if (value is not null && isLasting?.Invoke(value) != false)
        {
            items.Set(key, new Kept(changes, commits, value));
        }

        return value;
    }

    private sealed record Kept(long ChangeVersion, long CommitVersion, TValue Value);
}
