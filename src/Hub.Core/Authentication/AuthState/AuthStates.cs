using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Authentication.AuthState;

/// <summary>What an authenticator leaves with a user, such as tokens of a login provider: kept encrypted, in the original's form (contract 17).</summary>
internal sealed class AuthStates(IHubDatabase database, AuthStateKeys keys, TimeProvider time, ILogger<AuthStates> logger)
{
    /// <summary>Whether anything is kept.</summary>
    public bool IsEnabled => keys.IsEnabled;

    /// <summary>What to store; null for nothing, which is also what is stored while this is off.</summary>
    public byte[]? Encrypt(JsonObject? state) =>
        state is null || !keys.IsEnabled ? null : keys.Encrypt(JsonSerializer.SerializeToUtf8Bytes(state, AuthStateJson.Default.JsonObject), time.GetUtcNow());

    /// <summary>Reads a user's state; null if there is none, or if no key fits. With several keys it is stored again with the first.</summary>
    public async Task<JsonObject?> ReadAsync(string userName, CancellationToken cancellationToken)
    {
        var stored = await database.ReadAsync(
            (db, token) => db.Users.Where(user => user.Name == userName).Select(user => user.EncryptedAuthState).SingleOrDefaultAsync(token), cancellationToken);
        if (stored is null)
        {
            return null;
        }

        var state = Decrypt(userName, stored);
        if (state is { Count: > 0 } && keys is { Rotates: true, IsEnabled: true })
        {
            await RenewAsync(userName, stored, state, cancellationToken);
        }

        return state;
    }

    private JsonObject? Decrypt(string userName, byte[] stored)
    {
        if (keys.TryDecrypt(stored, out var clear))
        {
            try
            {
                if (JsonNode.Parse(clear) is JsonObject state)
                {
                    return state;
                }
            }
            catch (JsonException)
            {
                // Another program's, told below.
            }
        }

        Log.AuthStateUnreadable(logger, Diagnostics.LogText.Bound(userName));
        return null;
    }

    /// <summary>Only over what was read: a state that came in between is newer.</summary>
    private Task RenewAsync(string userName, byte[] stored, JsonObject state, CancellationToken cancellationToken)
    {
        var renewed = Encrypt(state);
        return database.WriteAsync(
            async (db, token) =>
            {
                if (await db.Users.AsTracking().SingleOrDefaultAsync(user => user.Name == userName, token) is { EncryptedAuthState: { } current } user && current.AsSpan().SequenceEqual(stored))
                {
                    user.EncryptedAuthState = renewed;
                }
            },
            cancellationToken);
    }
}
