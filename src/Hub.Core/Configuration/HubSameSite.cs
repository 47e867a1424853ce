namespace JupyterHub.Core.Configuration;

/// <summary>When browsers send a cookie along with requests that another site began.</summary>
public enum HubSameSite
{
    /// <summary>When a link is followed.</summary>
    Lax,

    /// <summary>Never, links included.</summary>
    Strict,

    /// <summary>Always; over HTTPS only.</summary>
    None,
}
