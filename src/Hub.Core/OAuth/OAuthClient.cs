namespace JupyterHub.Core.OAuth;

/// <summary>A row of <c>oauth_clients</c>.</summary>
internal sealed class OAuthClient
{
    /// <summary>The client that tokens issued by the hub itself belong to.</summary>
    public const string HubIdentifier = "jupyterhub";

    public int Id { get; set; }
    public required string Identifier { get; set; }
    public string? Description { get; set; }

    /// <summary>The hashed secret; empty for a client that can never authenticate.</summary>
    public string? Secret { get; set; }

    public string? RedirectUri { get; set; }
    public List<string> AllowedScopes { get; set; } = [];
}
