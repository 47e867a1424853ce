using JupyterHub.AspNetCore.Pages.Admin.Hub.Forms;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Scopes;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Roles.Changes;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Roles;

/// <summary>Roles: each form is answered with what it would do, and made only when that was seen.</summary>
/// <remarks>The routes ask for what the API's ask for; whether a change is allowed is decided with the change.</remarks>
internal static class RolePages
{
    public const string ListPage = "Admin/Roles";
    public const string Page = "Admin/Role";
    public const string EditPage = "Admin/RoleEdit";

    /// <summary>Each opens the pages of roles, and shows a part of them.</summary>
    public static readonly string[] Reading = ["read:roles", "read:roles:users", "read:roles:groups", "read:roles:services"];

    public static void Map(HubRouteTable routes)
    {
        routes.Admin("GET", "admin/roles", ListPage).RequireAnyHolding(Reading);

        // No role's name begins like this.
        routes.Admin("GET", "admin/roles/~new", EditPage).RequireAnyHolding(RoleRights.Writing);
        routes.Admin("POST", "admin/roles/~new", Handle(form => form.Create(), EditPage)).RequireAnyHolding(RoleRights.Writing);
        routes.Admin("GET", "admin/roles/{role}", Page).RequireAnyHolding(Reading);
        routes.Admin("GET", "admin/roles/{role}/edit", EditPage).RequireAnyHolding(RoleRights.Writing);
        MapChange(routes, "edit", (form, name) => form.Change(name), EditPage);
        MapChange(routes, "delete", (_, name) => new DeleteRole(name), Page);
        MapChange(routes, "assign", (form, name) => form.Assign(name), Page);
        MapChange(routes, "remove", (form, name) => form.Remove(name), Page);
    }

    private static void MapChange(HubRouteTable routes, string action, Func<RoleForm, string, RoleRequest> read, string page) =>
        routes.Admin("POST", $"admin/roles/{{role}}/{action}", request => HandleAsync(request, form => read(form, request.Value("role")), page)).RequireAnyHolding(RoleRights.Writing);

    private static Func<HubRequest, Task> Handle(Func<RoleForm, RoleRequest> read, string page) => request => HandleAsync(request, read, page);

    private static async Task HandleAsync(HubRequest request, Func<RoleForm, RoleRequest> read, string page)
    {
        var form = await request.FormAsync();
        var rejected = new RejectedForm(form);
        var wanted = read(new RoleForm(form, rejected, request.Get<ScopeWords>(), request.Get<PageTexts>(), request.Get<TimeProvider>()));
        await (rejected.Errors.Count > 0 ? rejected.ShowAsync(request, page) : new RoleStep(request, wanted, page).RunAsync());
    }
}
