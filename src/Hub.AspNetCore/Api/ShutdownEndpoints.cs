using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Hosting;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Ends the hub (contract 2.1, 16).</summary>
/// <remarks>
/// The hub stops the application only where it owns the application's listener. Where it is a part of another one, stopping that would be
/// more than the scope says, and a hub without its application's listener is none.
/// </remarks>
internal static class ShutdownEndpoints
{
    public static void Map(HubRouteTable routes) => routes.Api("POST", "api/shutdown", Shutdown)
        .RequireScopes(null, "shutdown")
        .Describe("Stops the hub; says whether users' servers, and a proxy that the hub started, are stopped too.")
        .Takes("ShutdownBody")
        .Returns(202, "ShuttingDown");

    private static async Task Shutdown(HubRequest request)
    {
        var body = ShutdownBody.Parse(await request.ReadObjectAsync());
        Begin(request, body.Servers, body.Proxy);
        await request.JsonAsync(202, new JsonObject { ["message"] = "Shutting down Hub" });
    }

    /// <summary>True if the hub owns its application, and so can end.</summary>
    public static bool CanEnd(HubRequest request) => request.Http.RequestServices.GetService<HubListener>() is not null;

    /// <summary>Ends the hub once the request is answered.</summary>
    /// <param name="request">Who asks.</param>
    /// <param name="servers">Stop the users' servers too; null to do as configured.</param>
    /// <param name="proxy">Stop a proxy that the hub started too; null to do as configured.</param>
    /// <exception cref="HubHttpException">409: the hub is a part of another application.</exception>
    public static void Begin(HubRequest request, bool? servers, bool? proxy = null)
    {
        if (!CanEnd(request))
        {
            throw new HubHttpException(409, "This hub is part of another application, and is stopped together with it.");
        }

        request.Get<ShutdownRequest>().CleanupServers = servers;
        request.Get<ShutdownRequest>().CleanupProxy = proxy;
        var lifetime = request.Get<IHostApplicationLifetime>();
        Hosting.Log.ShutdownRequested(request.Get<ILogger<ShutdownRequest>>(), request.Known.Kind, request.Known.Id);

        // Once stopping has begun no answer may get through any more.
        request.Http.Response.OnCompleted(() =>
        {
            lifetime.StopApplication();
            return Task.CompletedTask;
        });
    }
}
