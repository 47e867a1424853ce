using JupyterHub.Core.Services;
using JupyterHub.Core.Users;

namespace JupyterHub.Core.Tokens;

/// <summary>A row of <c>api_tokens</c>: an API token or an OAuth access token, as a salted hash.</summary>
internal sealed class HubToken
{
    public int Id { get; set; }
    public int? UserId { get; set; }
    public HubUser? User { get; set; }
    public int? ServiceId { get; set; }
    public HubService? Service { get; set; }
    public required string Hashed { get; set; }

    /// <summary>The first four characters of the clear text, by which candidates are found.</summary>
    public required string Prefix { get; set; }

    /// <summary>The OAuth client that the token was issued to; tokens that the hub issues belong to <c>jupyterhub</c>.</summary>
    public string? ClientId { get; set; }

    /// <summary>The browser session that authorized an OAuth token; signing that session out deletes the token.</summary>
    public string? SessionId { get; set; }

    public DateTime? Created { get; set; }
    public DateTime? ExpiresAt { get; set; }
    public DateTime? LastActivity { get; set; }
    public string? Note { get; set; }
    public List<string> Scopes { get; set; } = [];
}
