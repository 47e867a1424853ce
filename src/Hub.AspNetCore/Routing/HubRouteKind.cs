namespace JupyterHub.AspNetCore.Routing;

/// <summary>What kind of answers a route gives, errors included.</summary>
internal enum HubRouteKind
{
    /// <summary>JSON for programs; credentials are a token or a login cookie.</summary>
    Api,

    /// <summary>HTML for people; the credential is the login cookie.</summary>
    Page,
}
