namespace JupyterHub.Core.Servers;

/// <summary>
/// Lets the changes of one server's route happen one after the other, each after a look at what is so: then the last one leaves what is true.
/// A proxy that is slow, or away for a moment, would otherwise be told of an old address after it was told of the new one. What a turn cannot
/// bring to an end, as the proxy did not answer in the time that a call has, the next check notices.
/// </summary>
internal sealed class RouteTurns
{
    private readonly Lock gate = new();
    private readonly Dictionary<ServerKey, Turn> turns = [];

    /// <summary>Waits for the turn of a server; disposing of what is returned ends it.</summary>
    public async Task<IDisposable> TakeAsync(ServerKey key, CancellationToken cancellationToken)
    {
        var turn = Join(key);
        try
        {
            await turn.Free.WaitAsync(cancellationToken);
            return turn;
        }
        catch
        {
            Leave(turn);
            throw;
        }
    }

    private Turn Join(ServerKey key)
    {
        lock (gate)
        {
            if (!turns.TryGetValue(key, out var turn))
            {
                turns.Add(key, turn = new Turn(this, key));
            }

            turn.Users++;
            return turn;
        }
    }

    // A server whose route nobody changes needs no memory.
    private void Leave(Turn turn)
    {
        lock (gate)
        {
            if (--turn.Users == 0)
            {
                turns.Remove(turn.Key);
            }
        }
    }

    private sealed class Turn(RouteTurns all, ServerKey key) : IDisposable
    {
        public ServerKey Key => key;

        public SemaphoreSlim Free { get; } = new(1);

        /// <summary>Those who have it or wait for it.</summary>
        public int Users { get; set; }

        public void Dispose()
        {
            Free.Release();
            all.Leave(this);
        }
    }
}
