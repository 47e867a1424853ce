using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;

namespace JupyterHub.AspNetCore.Api.OpenApi;

/// <summary>Where programs and people find the description of the API.</summary>
/// <remarks>It says nothing about this hub but its version, so anybody may read it, from pages of other sites too.</remarks>
internal static class OpenApiEndpoints
{
    public static void Map(HubRouteTable routes) => routes.Api("GET", "api/openapi.json", Get).IgnoreCredentials()
        .Describe("Describes this API in the OpenAPI format.").Returns(200, "OpenApiDocument");

    private static Task Get(HubRequest request)
    {
        request.Http.Response.Headers.TryAdd("Access-Control-Allow-Origin", "*");
        return request.JsonAsync(200, request.Get<OpenApiDocument>().Json);
    }
}
