namespace JupyterHub.Core.Configuration;

/// <summary>What the hub's cookies tell browsers, where that must be something else than usual: section <c>JupyterHub:CookieOptions</c>.</summary>
public sealed class HubCookieOptions
{
    /// <summary><c>Lax</c>, <c>Strict</c> or <c>None</c> (pages inside frames of other sites; needs HTTPS); unset: browsers decide, for <c>Lax</c>.</summary>
    public HubSameSite? SameSite { get; set; }

    /// <summary>Send the cookies over HTTPS only; unset: if browsers use HTTPS.</summary>
    public bool? Secure { get; set; }

    /// <summary>Send the cookies to this domain and all hosts below it; unset: to the hub's own host only.</summary>
    public string? Domain { get; set; }

    /// <summary>Path of the login and the session cookie, above the deployment's; unset: the hub's for the one, the deployment's for the other.</summary>
    public string? Path { get; set; }

    /// <summary>Days that browsers keep the login cookie; 0 until they are closed. When the hub stops believing it is <c>CookieMaxAgeDays</c>.</summary>
    public double ExpiresDays { get; set; } = 30;
}
