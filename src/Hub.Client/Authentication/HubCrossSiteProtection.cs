namespace JupyterHub.Client.Authentication;

/// <summary>What a request that changes something must prove when only a cookie says whom it comes from.</summary>
public enum HubCrossSiteProtection
{
    /// <summary>
    /// That it comes from this origin, and by a token from a page of this app. Right where people's servers share one host with this
    /// app, as they do unless the hub gives each a domain of its own: their pages are of the same origin.
    /// </summary>
    Token,

    /// <summary>That it comes from this origin. Enough where every server has a domain of its own, or where the app checks a token itself.</summary>
    Origin,
}
