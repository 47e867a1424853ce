namespace JupyterHub.Core.Authentication;

/// <summary>A row of <c>hub_revoked_logins</c>: a login cookie that its bearer signed out.</summary>
internal sealed class RevokedLogin
{
    /// <summary>SHA-256 of the cookie's value, in lower-case hexadecimal.</summary>
    public required string Digest { get; set; }

    /// <summary>When the cookie would have expired by itself; the row may go then.</summary>
    public DateTime ExpiresAt { get; set; }
}
