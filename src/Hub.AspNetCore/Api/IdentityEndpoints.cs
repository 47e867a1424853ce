using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Authorization;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Who am I: the call that every client of the hub makes (contract 2.2).</summary>
internal static class IdentityEndpoints
{
    public static void Map(HubRouteTable routes) => routes.Api("GET", "api/user", GetSelf)
        .Describe("Tells who asks, and what the credential shown may do.").TakesQuery("include_stopped_servers").Returns(200, "Identity");

    private static async Task GetSelf(HubRequest request)
    {
        var requester = request.Known;
        var details = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["token_id"] = requester.Token is { } token ? $"a{token.Id}" : null,
            ["session_id"] = requester.Token?.SessionId,
            ["scopes"] = requester.Authority.Permissions.ToScopes(),
        };
        if (requester.Kind == RequesterKind.Service)
        {
            var services = request.Get<ServiceModel>();
            var service = await services.LoadAsync(requester.Name, request.Aborted)
                ?? throw Errors.HubHttpException.Forbidden("Missing or invalid credentials.");
            await request.JsonAsync(200, writer => services.WriteSelf(writer, service, requester, details));
            return;
        }

        var users = request.Get<UserModels>();
        var user = await users.LoadAsync(requester.Name, request.Aborted)
            ?? throw Errors.HubHttpException.Forbidden("Missing or invalid credentials.");
        var includeStopped = UserModels.IncludesStopped(request);
        await request.JsonAsync(200, writer => users.Write(writer, user, requester, includeStopped, isSelf: true, details));
    }
}
