using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The sign-ins of a user as a whole; the original has no endpoint for them.</summary>
internal static class SessionsEndpoints
{
    // Whoever may revoke all tokens of a user and make new ones may do this too; everybody may for themselves.
    public static void Map(HubRouteTable routes) => routes.Api("DELETE", "api/users/{user}/sessions", DeleteAll)
        .RequireScopes(ResourceKind.User, "admin:users", "tokens")
        .Describe("Signs a user out everywhere: ends all sign-ins in browsers and the tokens that servers and services obtained through them. API tokens stay.")
        .Returns(204);

    private static async Task DeleteAll(HubRequest request)
    {
        var name = request.Value("user");
        var isSelf = request.Known is { Kind: RequesterKind.User } known && known.Name == name;
        switch (await request.Get<SignOutEverywhereOperation>().ExecuteAsync(name, isSelf || request.Known.Admin, request.Aborted))
        {
            case SignOutEverywhereOutcome.NotFound:
                throw HubHttpException.NotFound($"No such user: {LogText.Bound(name)}");
            case SignOutEverywhereOutcome.ChangesAdmin:
                throw HubHttpException.Forbidden("Only admins can modify other admins");
            default:
                if (isSelf && request.Login is not null)
                {
                    HubCookies.ClearAll(request);
                }

                await request.EmptyAsync(204);
                break;
        }
    }
}
