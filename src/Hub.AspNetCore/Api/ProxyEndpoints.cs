using System.Text.Json;
using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Proxying;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The proxy's routes (contract 2.9).</summary>
internal static class ProxyEndpoints
{
    public static void Map(HubRouteTable routes)
    {
        routes.Api("GET", "api/proxy", List).RequireScopes(null, "proxy")
            .Describe("Lists the routes that the proxy has now, by where they begin.").TakesQuery("offset", "limit").Returns(200, "Routes");
        routes.Api("POST", "api/proxy", Check).RequireScopes(null, "proxy")
            .Describe("Makes the proxy's routes agree with the servers at once, instead of at the next regular check.").Returns(200);
        routes.Api("PATCH", "api/proxy", Change).RequireScopes(null, "proxy")
            .Describe("Tells the hub where another proxy is; refused by a hub whose proxy runs inside of it, or is started by it.").Takes("ProxyBody").Returns(200);
    }

    private static async Task List(HubRequest request)
    {
        var page = PageRequest.Of(request);
        var all = await request.Get<ServerTools>().Proxy.GetRoutesAsync(request.Aborted);
        var shown = all.OrderBy(route => route.Routespec, StringComparer.Ordinal).Skip(page.Offset).Take(page.Limit);
        await request.PageAsync(page, all.Count, writer =>
        {
            writer.WriteStartObject();
            foreach (var route in shown)
            {
                RouteModel.Write(writer, route);
            }

            writer.WriteEndObject();
        });
    }

    private static async Task Check(HubRequest request)
    {
        await request.Get<RouteCheck>().RunAsync(request.Aborted);
        await request.EmptyAsync(200, "application/json");
    }

    private static async Task Change(HubRequest request)
    {
        var body = await ProxyBody.ReadAsync(request);
        if (body is not { ApiUrl: null, AuthToken: null })
        {
            await ChangeAsync(request, body);
        }

        await Check(request);
    }

    private static async Task ChangeAsync(HubRequest request, ProxyBody body)
    {
        if (request.Get<IHubProxy>() is not IExternalProxy external)
        {
            // To take it without effect would let the operator believe that another proxy is in charge now.
            throw HubHttpException.BadRequest("This hub's proxy runs inside of it: it has no api_url and no auth_token that could be changed.");
        }

        try
        {
            await external.ChangeAsync(body.ApiUrl, body.AuthToken, request.Aborted);
        }
        catch (ProxyChangeException refused)
        {
            throw HubHttpException.BadRequest(refused.Message);
        }
    }
}
