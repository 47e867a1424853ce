using JupyterHub.AspNetCore.Authorization;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub;

/// <summary>Puts pages behind <c>admin-ui</c>, besides the scopes that each of them asks for.</summary>
internal static class AdminRoutes
{
    private const string Scope = "admin-ui";

    public static HubRoute Admin(this HubRouteTable routes, string method, string pattern, Func<HubRequest, Task> handler) =>
        routes.Page(method, pattern, request =>
        {
            ScopeGate.Require(request.Known, null, Scope);
            return handler(request);
        });

    public static HubRoute Admin(this HubRouteTable routes, string method, string pattern, string page) =>
        routes.Admin(method, pattern, PageRunner.Show(page));
}
