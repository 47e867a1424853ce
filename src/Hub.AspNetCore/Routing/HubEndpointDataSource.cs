using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace JupyterHub.AspNetCore.Routing;

/// <summary>
/// Lists the hub's endpoints to the platform, with route and scopes as metadata. They carry no route pattern, so only
/// <see cref="HubDispatcher"/> selects them.
/// </summary>
internal sealed class HubEndpointDataSource : EndpointDataSource
{
    private readonly Dictionary<HubRoute, Endpoint> byRoute;

    public HubEndpointDataSource(HubRouteTable routes)
    {
        byRoute = routes.Routes.ToDictionary(route => route, Create);
        Endpoints = [.. byRoute.Values];
    }

    public override IReadOnlyList<Endpoint> Endpoints { get; }

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;

    public Endpoint this[HubRoute route] => byRoute[route];

    /// <summary>An endpoint for a route that is not in the table: answers such as "not found" in the form of its kind.</summary>
    /// <remarks>The pipeline is looked up late: it needs the configuration, which has not been read yet when the application maps the hub.</remarks>
    public static Endpoint Create(HubRoute route) => new(
        context => context.RequestServices.GetRequiredService<HubPipeline>().RunAsync(context),
        // The hub authorizes by itself: a fallback policy of the host speaks of the host's endpoints.
        new EndpointMetadataCollection(route, new AllowAnonymousAttribute(), new HttpMethodMetadata([route.Method])),
        $"JupyterHub {route.Method} {route.Pattern}");
}
