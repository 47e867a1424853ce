using JupyterHub.Core.OAuth;

namespace JupyterHub.Core.Tokens;

/// <summary>What a token is to be. Whether its owner may have these scopes is for the caller to have decided.</summary>
internal sealed record NewToken
{
    /// <summary>The owner's id, when a user owns it.</summary>
    public int? UserId { get; init; }

    /// <summary>The owner's id, when a service owns it.</summary>
    public int? ServiceId { get; init; }

    public required IReadOnlyCollection<string> Scopes { get; init; }

    public string Note { get; init; } = "";

    public TimeSpan? ExpiresIn { get; init; }

    public string ClientId { get; init; } = OAuthClient.HubIdentifier;

    public string? SessionId { get; init; }

    /// <summary>The clear text, when it is given rather than made: an operator's token, or a value in another form.</summary>
    public string? Value { get; init; }

    /// <summary>The given <see cref="Value"/> was generated at random, so that one round of hashing is enough.</summary>
    public bool ValueIsRandom { get; init; }
}
