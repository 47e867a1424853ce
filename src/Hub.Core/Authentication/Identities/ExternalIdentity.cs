namespace JupyterHub.Core.Authentication.Identities;

/// <summary>A row of <c>hub_identities</c>: whom a login provider means by a subject. Names may change hands there, subjects do not.</summary>
internal sealed class ExternalIdentity
{
    /// <summary>Who vouches: an OpenID Connect issuer's URL, or the name of an authentication scheme.</summary>
    public required string Issuer { get; set; }

    /// <summary>The person there: the claim <c>sub</c> (OpenID Connect Core 1.0, section 2), or the scheme's name identifier.</summary>
    public required string Subject { get; set; }

    public int UserId { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime LastUsedAt { get; set; }
}
