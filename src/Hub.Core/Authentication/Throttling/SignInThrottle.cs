using System.Net;
using System.Net.Sockets;
using JupyterHub.Core.Configuration;

namespace JupyterHub.Core.Authentication.Throttling;

/// <summary>Slows down who guesses passwords, without keeping the account's owner out.</summary>
/// <remarks>
/// <para>
/// Wrong passwords are counted by address, by account, and by both together. An address that has spent its allowance waits, whatever
/// name it tries. Guesses of others use up an account's allowance for everybody, but only an address that guessed wrong at it itself
/// waits: its owner, who comes from elsewhere, always has an attempt, and who guesses from many addresses has one with each.
/// </para>
/// <para>
/// Attempts that come at once are looked at together as far as the allowance goes, the others after those: a burst of guesses gets no
/// further than the same guesses one by one, and a burst of right passwords is let in.
/// </para>
/// </remarks>
internal sealed class SignInThrottle(JupyterHubOptions options, TimeProvider time)
{
    /// <summary>Counts that are kept; beyond it those go that would be over first.</summary>
    internal const int MostCounts = 50_000;

    private readonly Lock gate = new();
    private readonly Dictionary<Key, FailureCount> counts = [];
    private TaskCompletionSource settled = NewSignal();

    /// <summary>Counts that are kept now.</summary>
    internal int Count
    {
        get
        {
            lock (gate)
            {
                return counts.Count;
            }
        }
    }

    private SignInLimits Limits => options.SignInLimits;

    private TimeSpan Window => TimeSpan.FromSeconds(Limits.Window);

    /// <summary>Begins an attempt, once those that came before leave room for it.</summary>
    /// <param name="account">The normalised name; null for one that cannot be a name.</param>
    /// <param name="address">Where the attempt comes from, as far as it can be believed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<SignInAttempt> BeginAsync(string? account, IPAddress? address, CancellationToken cancellationToken)
    {
        var network = NetworkOf(address);
        while (true)
        {
            Task others;
            lock (gate)
            {
                var now = time.GetUtcNow();
                if (OpensAt(account, network) is var opensAt && opensAt > now)
                {
                    return new SignInAttempt(_ => { }, opensAt - now);
                }

                if (HasRoom(account, network))
                {
                    Move(account, network, now, 1);
                    return new SignInAttempt(wasRight => Settle(account, network, wasRight));
                }

                others = settled.Task;
            }

            await others.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whoever has an IPv6 address has at least a /64 of them.</summary>
    private static string NetworkOf(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        return address is { AddressFamily: AddressFamily.InterNetworkV6 }
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address?.ToString() ?? "";
    }

    private void Settle(string? account, string network, bool? wasRight)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            Move(account, network, now, -1);
            if (wasRight == false)
            {
                foreach (var (key, free) in KeysOf(account, network))
                {
                    CountOf(key, now).Add(now, Window, free);
                }
            }
            else if (wasRight == true && account is not null)
            {
                counts.Remove(new Key(account, network));
            }

            var waiting = settled;
            settled = NewSignal();
            waiting.SetResult();
        }
    }

    private void Move(string? account, string network, DateTimeOffset now, int step)
    {
        foreach (var (key, _) in KeysOf(account, network))
        {
            var count = CountOf(key, now);
            count.UnderWay = Math.Max(0, count.UnderWay + step);
            if (count is { UnderWay: 0, Failures: 0 })
            {
                counts.Remove(key);
            }
        }
    }

    private DateTimeOffset OpensAt(string? account, string network)
    {
        var ofAddress = Find(Limits.FreePerAddress > 0, null, network)?.OpensAt(Limits.FreePerAddress) ?? DateTimeOffset.MinValue;
        var ofBoth = Find(Limits.FreePerAccount > 0 && account is not null, account, network) is { Failures: > 0 } own
            ? own.OpensAt(FreeOf(account!, own))
            : DateTimeOffset.MinValue;
        return ofAddress > ofBoth ? ofAddress : ofBoth;
    }

    /// <summary>At least one attempt at a time; as many together as could all be wrong without anybody having to wait.</summary>
    private bool HasRoom(string? account, string network)
    {
        var ofAddress = Find(Limits.FreePerAddress > 0, null, network);
        var ofBoth = Find(Limits.FreePerAccount > 0 && account is not null, account, network);
        return IsFree(ofAddress, Limits.FreePerAddress) && (ofBoth is null || IsFree(ofBoth, FreeOf(account!, ofBoth)));
    }

    private static bool IsFree(FailureCount? count, int free) => count is null || count.UnderWay == 0 || count.Failures + count.UnderWay <= free;

    /// <summary>What others have left of an account's allowance.</summary>
    private int FreeOf(string account, FailureCount own)
    {
        var isFresh = !counts.TryGetValue(new Key(account, null), out var all) || all.IsOver(time.GetUtcNow(), Window, Limits.FreePerAccount);
        return isFresh ? Limits.FreePerAccount : Math.Max(0, Limits.FreePerAccount - Math.Max(0, all!.Failures - own.Failures));
    }

    private FailureCount? Find(bool isLimited, string? account, string? network) => isLimited ? counts.GetValueOrDefault(new Key(account, network)) : null;

    private IEnumerable<(Key Key, int Free)> KeysOf(string? account, string network)
    {
        if (Limits.FreePerAddress > 0)
        {
            yield return (new Key(null, network), Limits.FreePerAddress);
        }

        if (Limits.FreePerAccount > 0 && account is not null)
        {
            yield return (new Key(account, null), Limits.FreePerAccount);
            yield return (new Key(account, network), Limits.FreePerAccount);
        }
    }

    private FailureCount CountOf(Key key, DateTimeOffset now)
    {
        if (counts.TryGetValue(key, out var known))
        {
            return known;
        }

        if (counts.Count >= MostCounts)
        {
            MakeRoom(now);
        }

        return counts[key] = new FailureCount();
    }

    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (key, _) in counts.Where(entry => entry.Value.UnderWay == 0 && entry.Value.IsOver(now, Window, 0)).ToList())
        {
            counts.Remove(key);
        }

        // All are fresh: an attack with very many addresses. A tenth goes at once, so that this is not done for each of them.
        var surplus = counts.Count - (MostCounts * 9 / 10);
        foreach (var (key, _) in counts.Where(entry => entry.Value.UnderWay == 0).OrderBy(entry => entry.Value.OpensAt(0)).Take(surplus).ToList())
        {
            counts.Remove(key);
        }
    }

    /// <summary>An account, an address, or both.</summary>
    private readonly record struct Key(string? Account, string? Network);
}
