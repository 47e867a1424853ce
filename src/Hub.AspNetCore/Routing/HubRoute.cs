using JupyterHub.AspNetCore.Requests;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Routing;

/// <summary>One endpoint of the hub: method, path below the hub's, handler, and what it asks of the requester.</summary>
internal sealed class HubRoute(HubRouteKind kind, string method, string pattern, Func<HubRequest, Task> handler)
{
    public HubRouteKind Kind { get; } = kind;

    public string Method { get; } = method;

    /// <summary>Segments separated by slashes: literals, <c>{name}</c>, or <c>{*name}</c> for all the rest. A trailing slash counts.</summary>
    public string Pattern { get; } = pattern;

    public Func<HubRequest, Task> Handler { get; } = handler;

    public ScopeRequirement? Scopes { get; private set; }

    /// <summary>True where nobody needs to be known: version, health, sign-in, token exchange.</summary>
    public bool IsAnonymous { get; private set; }

    /// <summary>True where the cross-site check is left out or made by the handler itself.</summary>
    public bool IsXsrfExempt { get; private set; }

    /// <summary>True for pages that also take tokens.</summary>
    public bool TakesTokens { get; private set; }

    /// <summary>True where it makes no difference who asks, so that nobody's credentials are looked at and no cookie is set.</summary>
    public bool IgnoresCredentials { get; private set; }

    /// <summary>True where asking is no use of the hub: what a server's visitors meet on the way to it.</summary>
    public bool IsNoActivity { get; private set; }

    public HubRoute RequireScopes(ResourceKind? filter, params string[] scopes)
    {
        Scopes = new ScopeRequirement(scopes, filter);
        return this;
    }

    public HubRoute AllowAnonymous()
    {
        IsAnonymous = true;
        return this;
    }

    public HubRoute ExemptFromXsrf()
    {
        IsXsrfExempt = true;
        return this;
    }

    public HubRoute AcceptTokens()
    {
        TakesTokens = true;
        return this;
    }

    public HubRoute IgnoreCredentials()
    {
        IgnoresCredentials = true;
        return AllowAnonymous();
    }

    public HubRoute WithoutActivity()
    {
        IsNoActivity = true;
        return this;
    }
}
