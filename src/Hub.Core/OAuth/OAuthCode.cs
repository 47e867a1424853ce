namespace JupyterHub.Core.OAuth;

/// <summary>A row of <c>oauth_codes</c>: an authorization code that has not been exchanged yet.</summary>
internal sealed class OAuthCode
{
    public int Id { get; set; }
    public string? ClientId { get; set; }
    public required string Code { get; set; }

    /// <summary>Seconds since 1970 (UTC); on SQLite the original stores what does not fit into 32 bits.</summary>
    public long? ExpiresAt { get; set; }

    public string? RedirectUri { get; set; }
    public string? SessionId { get; set; }
    public int? UserId { get; set; }
    public List<string> Scopes { get; set; } = [];
    public string? CodeChallenge { get; set; }
    public string? CodeChallengeMethod { get; set; }
}
