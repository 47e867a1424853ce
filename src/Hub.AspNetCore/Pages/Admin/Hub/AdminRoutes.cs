using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub;

/// <summary>Puts pages behind <c>admin-ui</c>, besides the scopes that each of them asks for.</summary>
internal static class AdminRoutes
{
    private const string Scope = "admin-ui";

    public static HubRoute Admin(this HubRouteTable routes, string method, string pattern, Func<HubRequest, Task> handler) =>
        routes.Page(method, pattern, request => request.Known.Allows(Scope) ? handler(request) : throw Refusal());

    public static HubRoute Admin(this HubRouteTable routes, string method, string pattern, string page) =>
        routes.Admin(method, pattern, request => request.Get<PageRunner>().RunAsync(request.Http, page));

    private static HubHttpException Refusal() =>
        new(403, $"Action is not authorized with current scopes; requires any of [{Scope}]") { RequiredScopes = [Scope] };
}
