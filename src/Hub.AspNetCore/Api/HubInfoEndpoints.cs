using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Hosting;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Version and health (contract 2.1).</summary>
internal static class HubInfoEndpoints
{
    public static void Map(HubRouteTable routes)
    {
        routes.Api("GET", "api", GetVersion).IgnoreCredentials();
        routes.Api("GET", "api/", GetVersion).IgnoreCredentials();
        foreach (var method in new[] { "GET", "HEAD" })
        {
            routes.Api(method, "api/health", GetHealth).IgnoreCredentials();
            routes.Api(method, "health", GetHealth).IgnoreCredentials();
        }
    }

    private static Task GetVersion(HubRequest request)
    {
        request.Http.Response.Headers.TryAdd("Access-Control-Allow-Origin", "*");
        return request.JsonAsync(200, new JsonObject { ["version"] = HubVersion.Contract });
    }

    private static Task GetHealth(HubRequest request) => request.EmptyAsync(200);
}
