namespace JupyterHub.OpenIdConnect;

/// <summary>
/// Something that is fetched once for everybody and kept for a while. It can be asked for anew before its time, but not more often than
/// every so many seconds: strangers cannot make the hub hammer the provider.
/// </summary>
internal sealed class KeptDocument<T>(Func<CancellationToken, Task<T>> fetch, TimeSpan lifetime, TimeSpan shortest, TimeProvider time)
    where T : class
{
    private readonly Lock gate = new();
    private Task<T>? underWay;
    private T? kept;
    private DateTimeOffset keptAt;
    private DateTimeOffset askedAt = DateTimeOffset.MinValue;

    public async Task<T> GetAsync(CancellationToken cancellationToken)
    {
        Task<T> answer;
        lock (gate)
        {
            if (kept is { } fresh && time.GetUtcNow() - keptAt < lifetime)
            {
                return fresh;
            }

            answer = FetchOnce();
        }

        try
        {
            return await answer.WaitAsync(cancellationToken);
        }
        catch (LoginProblemException) when (Old() is not null)
        {
            // What was true a day ago serves while the provider cannot be asked.
            return Old()!;
        }
    }

    /// <summary>As <see cref="GetAsync"/>, but not what is kept, if that can be had.</summary>
    public async Task<T> RenewAsync(CancellationToken cancellationToken)
    {
        Task<T>? answer;
        lock (gate)
        {
            answer = underWay ?? (time.GetUtcNow() - askedAt >= shortest ? FetchOnce() : null);
        }

        return answer is null ? await GetAsync(cancellationToken) : await answer.WaitAsync(cancellationToken);
    }

    private T? Old()
    {
        lock (gate)
        {
            return kept;
        }
    }

    // Whoever asked first may go away: the others still wait for the answer.
    private Task<T> FetchOnce() => underWay ??= FetchAsync();

    private async Task<T> FetchAsync()
    {
        askedAt = time.GetUtcNow();
        await Task.Yield();
        try
        {
            var found = await fetch(CancellationToken.None);
            lock (gate)
            {
                (kept, keptAt) = (found, time.GetUtcNow());
            }

            return found;
        }
        finally
        {
            lock (gate)
            {
                underWay = null;
            }
        }
    }
}
