using JupyterHub.Core.Data;
using JupyterHub.Core.OAuth;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tokens;

/// <summary>Makes tokens, inside a write of the caller.</summary>
internal static class HubTokens
{
    /// <summary>Fewest characters of a token that somebody made up.</summary>
    public const int MinLength = 8;

    /// <summary>Adds a token to the context; the write that goes on around it saves it.</summary>
    /// <exception cref="TokenValueException">The given value is too short, too long, or taken.</exception>
    public static async Task<IssuedToken> AddAsync(HubDbContext context, NewToken wanted, TimeProvider time, CancellationToken cancellationToken)
    {
        if ((wanted.UserId is null) == (wanted.ServiceId is null))
        {
            throw new ArgumentException("A token belongs to one user or to one service.", nameof(wanted));
        }

        var value = wanted.Value ?? TokenValues.NewApiToken();
        if (wanted.Value is not null)
        {
            await CheckAsync(context, value, time, cancellationToken);
        }

        if (wanted.ClientId == OAuthClient.HubIdentifier)
        {
            await AddHubClientAsync(context, cancellationToken);
        }

        var now = time.GetHubTime();
        var token = new HubToken
        {
            UserId = wanted.UserId,
            ServiceId = wanted.ServiceId,
            Hashed = TokenHash.Create(value, wanted.Value is null || wanted.ValueIsRandom ? 1 : TokenHash.SuppliedRounds),
            Prefix = TokenHash.PrefixOf(value),
            ClientId = wanted.ClientId,
            SessionId = wanted.SessionId,
            Created = now,
            ExpiresAt = now + wanted.ExpiresIn,
            Note = wanted.Note,
            Scopes = [.. wanted.Scopes],
        };
        context.Tokens.Add(token);
        return new IssuedToken(token, value);
    }

    /// <summary>Makes sure of the client that the hub's own tokens belong to. Without a secret it can never authenticate.</summary>
    public static async Task AddHubClientAsync(HubDbContext context, CancellationToken cancellationToken)
    {
        if (context.OAuthClients.Local.Any(client => client.Identifier == OAuthClient.HubIdentifier)
            || await context.OAuthClients.AnyAsync(client => client.Identifier == OAuthClient.HubIdentifier, cancellationToken))
        {
            return;
        }

        context.OAuthClients.Add(new OAuthClient { Identifier = OAuthClient.HubIdentifier, Description = "JupyterHub", Secret = "", RedirectUri = "" });
    }

    private static async Task CheckAsync(HubDbContext context, string value, TimeProvider time, CancellationToken cancellationToken)
    {
        if (value.Length is < MinLength or > TokenHash.MaxTokenLength)
        {
            throw new TokenValueException($"A token must have {MinLength} to {TokenHash.MaxTokenLength} characters; this one has {value.Length}.");
        }

        if (await TokenFinder.FindAsync(context, value, time, cancellationToken) is not null)
        {
            throw new TokenValueException("This token is taken; choose another.");
        }
    }
}
