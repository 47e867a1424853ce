using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Spawning;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Version, make and health (contract 2.1).</summary>
internal static class HubInfoEndpoints
{
    public static void Map(HubRouteTable routes)
    {
        routes.Api("GET", "api", GetVersion).IgnoreCredentials();
        routes.Api("GET", "api/", GetVersion).IgnoreCredentials()
            .Describe("Tells which version of JupyterHub's API the hub speaks.").Returns(200, "Version");
        routes.Api("GET", "api/info", GetInfo).RequireScopes(null, "read:hub")
            .Describe("Tells what the hub runs on, and how it authenticates people and starts servers.").Returns(200, "HubInfo");
        foreach (var method in new[] { "GET", "HEAD" })
        {
            routes.Api(method, "api/health", GetHealth).IgnoreCredentials().Describe("Answers as long as the hub is up.").Returns(200);
            routes.Api(method, "health", GetHealth).IgnoreCredentials();
        }
    }

    private static Task GetVersion(HubRequest request)
    {
        request.Http.Response.Headers.TryAdd("Access-Control-Allow-Origin", "*");
        return request.JsonAsync(200, new JsonObject { ["version"] = HubVersion.Contract });
    }

    /// <summary>The original tells of its Python here; clients show it and take it for nothing else.</summary>
    private static Task GetInfo(HubRequest request) => request.JsonAsync(200, new JsonObject
    {
        ["version"] = HubVersion.Contract,
        ["python"] = RuntimeInformation.FrameworkDescription,
        ["sys_executable"] = Environment.ProcessPath ?? "",
        ["spawner"] = Describe(request.Get<ISpawner>().GetType()),
        ["authenticator"] = Describe(request.Get<IAuthenticator>().GetType()),
    });

    private static JsonObject Describe(Type component) => new()
    {
        ["class"] = component.FullName,
        ["version"] = VersionOf(component),
    };

    public static string VersionOf(Type component) =>
        component.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private static Task GetHealth(HubRequest request) => request.EmptyAsync(200);
}
