using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Workspace.Hub;

/// <summary>
/// Remembers for five minutes whom a token belongs to. The browser's session is part of the key: signing out at the
/// hub ends the session, so the next request asks the hub again instead of living on what is remembered.
/// </summary>
internal sealed class HubUserCache(HubClient hub, TimeProvider time)
{
    private const int Capacity = 1000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, (HubUser User, DateTimeOffset Until)> known = new(StringComparer.Ordinal);

    public async Task<HubUser?> FindAsync(string token, string session, CancellationToken cancellation)
    {
        var key = KeyOf(token, session);
        var now = time.GetUtcNow();
        if (known.TryGetValue(key, out var entry) && entry.Until > now)
        {
            return entry.User;
        }

        var user = await hub.IdentifyAsync(token, cancellation);
        if (user is null)
        {
            known.TryRemove(key, out _);
            return null;
        }

        MakeRoom(now);
        known[key] = (user, now + Lifetime);
        return user;
    }

    /// <summary>No token stays in memory as text, and neither part can be mistaken for the other.</summary>
    private static string KeyOf(string token, string session) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)))
        + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(session)));

    private void MakeRoom(DateTimeOffset now)
    {
        if (known.Count < Capacity)
        {
            return;
        }

        foreach (var (key, entry) in known)
        {
            if (entry.Until <= now)
            {
                known.TryRemove(key, out _);
            }
        }

        if (known.Count >= Capacity)
        {
            known.Clear();
        }
    }
}
