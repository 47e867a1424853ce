using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Data;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>Paths of a hub that fail in ways that are hard to bring about otherwise.</summary>
internal static class FailingRoutes
{
    public const string Secret = "secret-of-the-exception";

    public static void Add(HubSetup setup) => setup.LateServices = builder =>
    {
        var routes = (HubRouteTable)builder.Services.Single(service => service.ServiceType == typeof(HubRouteTable)).ImplementationInstance!;
        foreach (var method in new[] { "GET", "POST" })
        {
            routes.Page(method, "broken", _ => throw new InvalidOperationException(Secret)).AllowAnonymous().ExemptFromXsrf();
        }

        routes.Page("GET", "busy", _ => throw new HubHttpException(429, "Too many starts are under way.") { RetryAfter = 42 }).AllowAnonymous();
        routes.Page("GET", "locked", _ => throw new DatabaseBusyException(Secret, new InvalidOperationException(Secret))).AllowAnonymous();
        routes.Page("GET", "large", _ => throw new HubHttpException(413, "The body is too large.")).AllowAnonymous();
        routes.Page("GET", "secret-page", _ => Task.CompletedTask).RequireScopes(null, "admin:users", "admin:servers");
        routes.Page("GET", "their-page", _ => Task.CompletedTask).RequireScopes(null, "shutdown");
    };

    /// <summary>A service behind the hub's proxy that nobody listens for.</summary>
    public static void AddDeadService(JupyterHubOptions hub) => hub.Services.Add(new ServiceDeclaration { Name = "dead", Url = "http://127.0.0.1:1/" });
}
