using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.AspNetCore.Xsrf;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authorization;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Rbac.Permissions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.AspNetCore.Requests;

/// <summary>One request to an endpoint of the hub: what its path named, who asks, and how to answer.</summary>
internal sealed class HubRequest(HttpContext http, RequestTarget target, HubRoute route, RouteValues values)
{
    public HttpContext Http { get; } = http;

    /// <summary>The request target as it was sent.</summary>
    public RequestTarget Target { get; } = target;

    public HubRoute Route { get; } = route;

    /// <summary>Who asks; null for nobody known.</summary>
    public Requester? Requester { get; set; }

    /// <summary>The sign-in that the request proved with its cookie; null for tokens and for nobody known.</summary>
    public Login? Login { get; set; }

    /// <summary>The token that forms of this session carry, and whether the browser must be given it.</summary>
    public XsrfState? Xsrf { get; set; }

    public CancellationToken Aborted => Http.RequestAborted;

    public HubAddresses Addresses => Get<HubAddresses>();

    /// <summary>The visitor's address, scheme and host, as far as they can be believed.</summary>
    public ClientAddress Client => Get<ClientAddresses>().Of(Http);

    /// <summary>The requester, where the endpoint does not admit anonymous ones.</summary>
    public Requester Known => Requester ?? throw HubHttpException.Forbidden(HubHttpException.MissingCredentials);

    /// <summary>The user that the path is about: where somebody's shared servers are listed, that is the recipient, not their owner.</summary>
    private string PathUser => values.Find("user") ?? Value("owner");

    /// <summary>A parameter of the path, decoded; empty where the path's form leaves it out.</summary>
    public string Value(string name) => values.Find(name) ?? "";

    public T Get<T>()
        where T : notnull => Http.RequestServices.GetRequiredService<T>();

    /// <summary>The last value of a query parameter, trimmed; null if it is absent.</summary>
    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var found) && found.Count > 0 ? found[^1]?.Trim() : null;

    /// <summary>The entity that the path names, for the scope check.</summary>
    public Resource? PathResource(ResourceKind kind) => kind switch
    {
        ResourceKind.User => Resource.User(PathUser),
        ResourceKind.Server => Resource.Server(PathUser, Value("server")),
        ResourceKind.Group => Resource.Group(Value("group")),
        ResourceKind.Service => Resource.Service(Value("service")),
        _ => null,
    };
}
