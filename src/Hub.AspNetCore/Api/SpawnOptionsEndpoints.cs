using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Spawning.Choosing;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api;

/// <summary>What can be chosen for a server, for clients that start one: a JSON Schema of <c>user_options</c>.</summary>
internal static class SpawnOptionsEndpoints
{
    private const string Scope = "start:servers";

    public static void Map(HubRouteTable routes) =>
        routes.Api("GET", "api/spawn-options", Get).RequireAnyHolding(Scope).TakesQuery("user", "server")
            .Describe("Describes the options that can be chosen for a server, as a JSON Schema. They may differ by user and server.").Returns(200, "SpawnOptions");

    private static async Task Get(HubRequest request)
    {
        var key = new ServerKey(request.Query("user") ?? Self(request), request.Query("server") ?? "");
        var resource = Resource.Server(key.UserName, key.ServerName);
        if (!request.Known.Allows(Scope, resource))
        {
            throw new HubHttpException(404, "No access to resources or resources not found") { RequiredScopes = RequiredScopes.For([Scope], resource) };
        }

        if (!await request.Get<ServerModels>().OwnerExistsAsync(key.UserName, request.Aborted))
        {
            throw HubHttpException.NotFound($"No such user: {LogText.Bound(key.UserName)}");
        }

        await request.JsonAsync(200, StartOptionSchema.Of(await request.Get<StartOptionsSource>().ForAsync(key, request.Aborted)));
    }

    private static string Self(HubRequest request) =>
        request.Known.IsUser ? request.Known.Name : throw HubHttpException.BadRequest("user is needed: a service has no server of its own");
}
