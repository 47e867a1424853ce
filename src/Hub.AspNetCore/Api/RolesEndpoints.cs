using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Core.Roles.Reading;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Roles at run time, which the original does not have.</summary>
/// <remarks>The route asks only for what nobody can do without; whether a change is allowed is decided with the change.</remarks>
internal static class RolesEndpoints
{
    private static readonly string[] Reading = ["read:roles", "read:roles:users", "read:roles:groups", "read:roles:services"];
    private static readonly string[] Writing = ["admin:users", "admin:groups", "admin:services"];

    public static void Map(HubRouteTable routes)
    {
        routes.Api("GET", "api/roles", List).RequireAnyHolding(Reading)
            .Describe("List the roles that the caller may know of.").TakesQuery("offset", "limit").Returns(200, "Role[]");
        routes.Api("POST", "api/roles", Create).RequireAnyHolding(Writing)
            .Describe("Make a role, named in the body, and give it to its first holders.").Takes("RoleBody").Returns(201, "Role");
        routes.Api("GET", "api/roles/{role}", Get).RequireAnyHolding(Reading)
            .Describe("Read a role and who holds it; offset and limit choose among the holders of each kind.").TakesQuery("offset", "limit").Returns(200, "Role");
        routes.Api("POST", "api/roles/{role}", Create).RequireAnyHolding(Writing)
            .Describe("Make a role and give it to its first holders.").Takes("RoleBody").Returns(201, "Role");
        routes.Api("PATCH", "api/roles/{role}", Change).RequireAnyHolding(Writing)
            .Describe("Change what a role gives, its description, or how long it lasts.").Takes("RolePatch").Returns(200, "Role");
        routes.Api("DELETE", "api/roles/{role}", Delete).RequireAnyHolding(Writing)
            .Describe("Delete a role, and so take it from all its holders.").Returns(204);
        MapHolders(routes, "users", "{user}", ResourceKind.User, "admin:users");
        MapHolders(routes, "groups", "{group}", ResourceKind.Group, "admin:groups");
        MapHolders(routes, "services", "{service}", ResourceKind.Service, "admin:services");
    }

    /// <summary>Asks for a change, and turns a refusal into its status.</summary>
    public static async Task<T> AskAsync<T>(Task<T> change)
    {
        try
        {
            return await change;
        }
        catch (RoleChangeException problem)
        {
            throw RoleErrors.From(problem);
        }
    }

    private static void MapHolders(HubRouteTable routes, string kind, string parameter, ResourceKind filter, string scope)
    {
        var path = $"api/roles/{{role}}/{kind}/{parameter}";
        routes.Api("PUT", path, Assign).RequireScopes(filter, scope)
            .Describe($"Give a role to one of the {kind}, or change how long it is held.").Takes("RoleExpiry").Returns(200, "Role").Returns(201, "Role");
        routes.Api("DELETE", path, Remove).RequireScopes(filter, scope).Describe($"Take a role from one of the {kind}.").Returns(204);
    }

    private static async Task List(HubRequest request)
    {
        var page = PageRequest.Of(request);
        var (total, roles) = await request.Get<RoleReader>().ListAsync(new RoleVisibility(request.Known.Authority), page.Offset, page.Limit, request.Aborted);
        await request.PageAsync(page, total, writer =>
        {
            writer.WriteStartArray();
            foreach (var role in roles)
            {
                RoleModels.Write(writer, role, request.Known);
            }

            writer.WriteEndArray();
        });
    }

    private static Task Get(HubRequest request) => AnswerAsync(request, 200, request.Value("role"), new RoleVisibility(request.Known.Authority));

    private static async Task Create(HubRequest request)
    {
        var name = request.Value("role");
        var wanted = new RoleBody(request.Get<TimeProvider>()).Create(await request.ReadObjectAsync(), name.Length == 0 ? null : name);
        await ApplyAsync(request, wanted);
        await AnswerAsync(request, 201, wanted.Role, visible: null);
    }

    private static async Task Change(HubRequest request)
    {
        var wanted = new RoleBody(request.Get<TimeProvider>()).Change(await request.ReadObjectAsync(), request.Value("role"));
        await ApplyAsync(request, wanted);
        await AnswerAsync(request, 200, wanted.Role, visible: null);
    }

    private static async Task Delete(HubRequest request)
    {
        await ApplyAsync(request, new DeleteRole(request.Value("role")));
        await request.EmptyAsync(204);
    }

    private static async Task Assign(HubRequest request)
    {
        var body = await request.ReadObjectAsync();
        var isNew = await ApplyAsync(request, new RoleBody(request.Get<TimeProvider>()).Assign(body, request.Value("role"), Holder(request)));
        await AnswerAsync(request, isNew ? 201 : 200, request.Value("role"), visible: null);
    }

    private static async Task Remove(HubRequest request)
    {
        await ApplyAsync(request, new RemoveRole(request.Value("role"), Holder(request)));
        await request.EmptyAsync(204);
    }

    private static Task<bool> ApplyAsync(HubRequest request, RoleRequest wanted) =>
        AskAsync(request.Get<RoleChanges>().ApplyAsync(wanted, request.Known, request.Aborted));

    private static ScopeOwner Holder(HubRequest request) => request.Route.Scopes!.Filter switch
    {
        ResourceKind.User => ScopeOwner.User(request.Value("user")),
        ResourceKind.Group => ScopeOwner.Group(request.Value("group")),
        _ => ScopeOwner.Service(request.Value("service")),
    };

    /// <param name="request">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="name">The role.</param>
    /// <param name="visible">Null after a change: whoever could make it holds all that the role gives and can write all of its holders.</param>
    private static async Task AnswerAsync(HubRequest request, int status, string name, RoleVisibility? visible)
    {
        var page = PageRequest.Of(request);
        var role = await request.Get<RoleReader>().FindAsync(name, visible ?? RoleVisibility.Everything, page.Offset, page.Limit, request.Aborted)
            ?? throw new HubHttpException(404, visible is { IsUnrestricted: false } ? RoleRefusals.Masked : $"No such role: {LogText.Bound(name)}") { RequiredScopes = ["read:roles"] };
        await request.JsonAsync(status, writer => RoleModels.Write(writer, role, visible is null ? null : request.Known));
    }
}
