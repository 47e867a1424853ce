namespace JupyterHub.Core.Authentication;

/// <summary>Gives each sign-in of a user a second of its own.</summary>
internal sealed class IssueTimes
{
    private const int PruneAbove = 1024;
    private readonly Lock gate = new();
    private readonly Dictionary<string, long> last = new(StringComparer.Ordinal);

    /// <summary>Now, or the first second after the last one given.</summary>
    public long Next(string cookieId, long now)
    {
        lock (gate)
        {
            if (last.Count > PruneAbove)
            {
                foreach (var (id, given) in last)
                {
                    if (given < now)
                    {
                        last.Remove(id);
                    }
                }
            }

            var next = last.TryGetValue(cookieId, out var previous) && previous >= now ? previous + 1 : now;
            last[cookieId] = next;
            return next;
        }
    }
}
