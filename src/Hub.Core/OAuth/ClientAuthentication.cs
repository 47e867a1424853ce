using JupyterHub.Core.Data;
using JupyterHub.Core.Tokens;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.OAuth;

/// <summary>Proves OAuth clients by identifier and secret in the form (RFC 6749 section 2.3.1, <c>client_secret_post</c>).</summary>
/// <remarks>Secrets are kept as slow hashes and identifiers are easily guessed: strangers must not keep all processors busy with wrong secrets.</remarks>
internal sealed class ClientAuthentication(IHubDatabase database, ILogger<ClientAuthentication> logger) : IDisposable
{
    private readonly TokenFingerprints fingerprints = new();
    private readonly TokenVerifier verifier = new();

    /// <summary>How often a slow hash was computed in this process.</summary>
    internal int SlowComputations => verifier.SlowComputations;

    /// <summary>The client that the form proves; null if it proves none.</summary>
    public async Task<RegisteredClient?> AuthenticateAsync(OAuthParameters form, CancellationToken cancellationToken)
    {
        var client = await database.ReadAsync((context, token) => RegisteredClients.FindAsync(context, form["client_id"], token), cancellationToken);
        if (client is not null
            && form["client_secret"] is { Length: > 0 and <= TokenHash.MaxTokenLength } secret
            && await verifier.VerifyAsync(secret, fingerprints.Of(secret), client.Row.Secret!, cancellationToken))
        {
            return client;
        }

        Log.ClientNotAuthenticated(logger);
        return null;
    }

    public void Dispose() => verifier.Dispose();
}
