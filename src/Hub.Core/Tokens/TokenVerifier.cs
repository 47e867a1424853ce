using JupyterHub.Core.Caching;

namespace JupyterHub.Core.Tokens;

/// <summary>Compares tokens with stored hashes and remembers what the slow ones said: the answer for the same two values never changes.</summary>
/// <remarks>
/// A stored hash whose token is known matches no other one, so strangers cannot have it computed again and again once its owner has shown
/// the token. Until then one such computation runs at a time, however many ask.
/// </remarks>
internal sealed class TokenVerifier : IDisposable
{
    private const int Capacity = 8192;

    private readonly SemaphoreSlim slow = new(1, 1);
    private readonly RecentItems<string, UInt128> tokenOfHash = new(Capacity);
    private readonly RecentItems<(UInt128 Token, string Hash), bool> refuted = new(Capacity);

    /// <summary>How often a slow hash was computed.</summary>
    public int SlowComputations { get; private set; }

    public async Task<bool> VerifyAsync(string token, UInt128 fingerprint, string hashed, CancellationToken cancellationToken)
    {
        if (!TokenHash.IsSlow(hashed))
        {
            return TokenHash.Verify(token, hashed);
        }

        if (Known(fingerprint, hashed) is { } known)
        {
            return known;
        }

        await slow.WaitAsync(cancellationToken);
        try
        {
            return Known(fingerprint, hashed) ?? Compute(token, fingerprint, hashed);
        }
        finally
        {
            slow.Release();
        }
    }

    public void Dispose() => slow.Dispose();

    private bool? Known(UInt128 fingerprint, string hashed)
    {
        if (tokenOfHash.TryGet(hashed, out var owner))
        {
            return owner == fingerprint;
        }

        return refuted.TryGet((fingerprint, hashed), out _) ? false : null;
    }

    private bool Compute(string token, UInt128 fingerprint, string hashed)
    {
        SlowComputations++;
        var matches = TokenHash.Verify(token, hashed);
        if (matches)
        {
            tokenOfHash.Set(hashed, fingerprint);
        }
        else
        {
            refuted.Set((fingerprint, hashed), true);
        }

        return matches;
    }
}
