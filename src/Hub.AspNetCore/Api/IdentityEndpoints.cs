using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Who am I: the call that every client of the hub makes (contract 2.2).</summary>
internal static class IdentityEndpoints
{
    public static void Map(HubRouteTable routes) => routes.Api("GET", "api/user", GetSelf)
        .Describe("Shows the user or service that the credential belongs to, and what the credential gives.")
        .TakesQuery("include_stopped_servers").Returns(200, "Identity");

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
            var service = await services.LoadAsync(requester.Name, request.Aborted) ?? throw Gone();
            await request.JsonAsync(200, writer => services.WriteSelf(writer, service, requester, details));
            return;
        }

        var user = await request.Get<UserReader>().FindAsync(requester.Name, request.Aborted) ?? throw Gone();
        var models = request.Get<UserModels>();
        var shape = UserShape.Of(request) with { Granted = UserShape.Identity, Details = details };
        await request.JsonAsync(200, writer => models.Write(writer, user, requester, shape));
    }

    private static HubHttpException Gone() => HubHttpException.Forbidden("Missing or invalid credentials.");
}
