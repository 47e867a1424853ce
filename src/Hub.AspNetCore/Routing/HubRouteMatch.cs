namespace JupyterHub.AspNetCore.Routing;

/// <summary>The routes at one path, by method.</summary>
internal sealed record HubRouteMatch(IReadOnlyDictionary<string, HubRoute> ByMethod, RouteValues Values);
