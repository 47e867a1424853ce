using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.Forwarding;

/// <summary>A request that its server did not answer.</summary>
/// <param name="Route">Where it should have gone.</param>
/// <param name="StatusCode">503 when the server is not there or broke off, 504 when it stayed silent for too long, 508 when the route leads back to the hub.</param>
internal sealed record ProxyFailure(RouteEntry Route, int StatusCode);
