using JupyterHub.Core.Data;
using JupyterHub.Core.Tokens;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.OAuth;

/// <summary>Proves OAuth clients by identifier and secret in the form (RFC 6749 section 2.3.1, <c>client_secret_post</c>).</summary>
internal sealed class ClientAuthentication(IHubDatabase database, ILogger<ClientAuthentication> logger)
{
    /// <summary>The client that the form proves; null if it proves none.</summary>
    public async Task<RegisteredClient?> AuthenticateAsync(OAuthParameters form, CancellationToken cancellationToken)
    {
        var client = await database.ReadAsync((context, token) => RegisteredClients.FindAsync(context, form["client_id"], token), cancellationToken);
        if (client is not null && form["client_secret"] is { Length: > 0 and <= TokenHash.MaxTokenLength } secret && TokenHash.Verify(secret, client.Row.Secret!))
        {
            return client;
        }

        Log.ClientNotAuthenticated(logger);
        return null;
    }
}
