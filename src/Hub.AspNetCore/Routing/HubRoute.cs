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

    /// <summary>The endpoint's name in metrics and traces: its pattern, so that there are only so many.</summary>
    public string Label { get; private set; } = "unmatched";

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

    /// <summary>True where an application sends people: they may go straight to the login that everybody uses.</summary>
    public bool IsForOAuthClients { get; private set; }

    /// <summary>What the endpoint is for, in one sentence; documentation of the API is made from it.</summary>
    public string? Summary { get; private set; }

    /// <summary>Name of the schema of the JSON body, if there is one.</summary>
    public string? BodySchema { get; private set; }

    /// <summary>Names of the query parameters that count.</summary>
    public IReadOnlyList<string> QueryParameters { get; private set; } = [];

    /// <summary>What the endpoint answers when all is well, by status; errors are the same everywhere.</summary>
    public IReadOnlyList<RouteAnswer> Answers { get; private set; } = [];

    /// <summary>Called for what stands in the table; answers such as "not found" have no name of their own.</summary>
    public void Name() => Label = $"/hub/{Pattern}";

    public HubRoute Describe(string summary)
    {
        Summary = summary;
        return this;
    }

    public HubRoute Takes(string bodySchema)
    {
        BodySchema = bodySchema;
        return this;
    }

    public HubRoute TakesQuery(params string[] parameters)
    {
        QueryParameters = parameters;
        return this;
    }

    /// <param name="status">An HTTP status.</param>
    /// <param name="schema">Name of the body's schema; null where there is no body.</param>
    public HubRoute Returns(int status, string? schema = null)
    {
        Answers = [.. Answers, new RouteAnswer(status, schema)];
        return this;
    }

    /// <summary>Asks for any of the scopes with any filter or none; the handler shows only what the filter covers.</summary>
    public HubRoute RequireAnyHolding(params string[] scopes)
    {
        Scopes = new ScopeRequirement(scopes, null, IsAnyFilterEnough: true);
        return this;
    }

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

    public HubRoute ForOAuthClients()
    {
        IsForOAuthClients = true;
        return this;
    }

    public HubRoute WithoutActivity()
    {
        IsNoActivity = true;
        return this;
    }
}
