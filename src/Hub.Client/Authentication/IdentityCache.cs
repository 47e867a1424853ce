using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using JupyterHub.Client.Http;
using JupyterHub.Client.Models;
using Microsoft.Extensions.Options;

namespace JupyterHub.Client.Authentication;

/// <summary>
/// Remembers whom a token belongs to. The browser's session is part of the key: signing out at the hub ends the session, so that the
/// next request asks again. Failures are not remembered; requests that ask the same at once share one call.
/// </summary>
internal sealed class IdentityCache(ServiceSettings settings, HubHttp http, IOptionsMonitor<JupyterHubAuthenticationOptions> options, TimeProvider time)
{
    /// <summary>A refusal may end any moment, as when access is granted; and no stranger's guess is worth much room.</summary>
    private static readonly TimeSpan LongestRefusal = TimeSpan.FromSeconds(30);
    private const int MostRefusals = 1000;

    private readonly HubApi api = settings.Api(http, time);
    private readonly BoundedCache<HubIdentity> welcome = new(time);
    private readonly BoundedCache<HubIdentity?> refused = new(time);
    private readonly ConcurrentDictionary<string, Lazy<Task<HubIdentity?>>> asking = new(StringComparer.Ordinal);

    private JupyterHubAuthenticationOptions Options => options.Get(JupyterHubDefaults.AuthenticationScheme);

    /// <summary>Null when the hub does not know the token.</summary>
    /// <exception cref="JupyterHubException">The hub cannot be asked.</exception>
    public async Task<HubIdentity?> FindAsync(string token, string session, CancellationToken cancellation)
    {
        var key = KeyOf(token, session);
        if (welcome.TryGet(key, out var known) || refused.TryGet(key, out known))
        {
            return known;
        }

        var call = asking.GetOrAdd(key, _ => new(() => AskAsync(key, token)));
        return await call.Value.WaitAsync(cancellation);
    }

    public bool MayEnter(HubIdentity identity) =>
        settings.AccessScopes.Count == 0 || HeldScopes.Satisfy(settings.AccessScopes, identity.Scopes ?? []);

    /// <summary>Forgets one token's answer.</summary>
    public void Forget(string token, string session)
    {
        welcome.Remove(KeyOf(token, session));
        refused.Remove(KeyOf(token, session));
    }

    /// <summary>Belongs to nobody's request: those who wait may leave one by one.</summary>
    private async Task<HubIdentity?> AskAsync(string key, string token)
    {
        try
        {
            await Task.Yield();

            // Whoever looked before another call's answer was kept, and asks after that call was over, finds it here.
            if (welcome.TryGet(key, out var known) || refused.TryGet(key, out known))
            {
                return known;
            }

            var identity = await IdentifyAsync(token);
            Keep(key, identity);
            return identity;
        }
        finally
        {
            asking.TryRemove(key, out _);
        }
    }

    private async Task<HubIdentity?> IdentifyAsync(string token)
    {
        try
        {
            return await api.WithToken(token).GetAsync("/user", HubJson.Default.HubIdentity, CancellationToken.None);
        }
        catch (JupyterHubException refusal) when (refusal.Status is HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    private void Keep(string key, HubIdentity? identity)
    {
        var lifetime = Options.CacheLifetime;
        if (identity is not null && MayEnter(identity))
        {
            welcome.Set(key, identity, lifetime, Options.CacheCapacity);
        }
        else
        {
            refused.Set(key, identity, lifetime < LongestRefusal ? lifetime : LongestRefusal, MostRefusals);
        }
    }

    /// <summary>No token stays in memory as text, and neither part can be mistaken for the other.</summary>
    private static string KeyOf(string token, string session) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token))) + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(session)));
}
