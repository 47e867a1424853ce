using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Authentication.AuthState;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Users: list, read, make, change, remove (contract 2.3).</summary>
internal static class UsersEndpoints
{
    private const int MostNamesShown = 5;

    public static void Map(HubRouteTable routes)
    {
        routes.Api("GET", "api/users", List).RequireAnyHolding("list:users")
            .Describe("Lists the users that the requester may list, each with what the requester may see of it.")
            .TakesQuery("state", "name_filter", "sort", "include_stopped_servers", "offset", "limit").Returns(200, "User[]");
        routes.Api("POST", "api/users", CreateMany).RequireScopes(null, "admin:users")
            .Describe("Makes those of the named users that do not exist yet.").Takes("UsersBody").Returns(201, "User[]");
        routes.Api("GET", "api/users/{user}", Get)
            .RequireScopes(ResourceKind.User, "read:users", "read:users:name", "read:servers", "read:users:groups", "read:users:activity", "read:roles:users")
            .Describe("Shows what the requester may see of a user.").TakesQuery("include_stopped_servers").Returns(200, "User");
        routes.Api("POST", "api/users/{user}", Create).RequireScopes(ResourceKind.User, "admin:users")
            .Describe("Makes a user.").Takes("UserBody").Returns(201, "User");
        routes.Api("PATCH", "api/users/{user}", Change).RequireScopes(ResourceKind.User, "admin:users")
            .Describe("Renames a user whose servers are stopped, sets the admin flag, or replaces what the authenticator left with the user.").Takes("UserPatch").Returns(200, "User");
        routes.Api("DELETE", "api/users/{user}", Delete).RequireScopes(ResourceKind.User, "delete:users")
            .Describe("Stops all servers of a user, then removes the user with tokens, shares and memberships.").Returns(204);
        routes.Api("POST", "api/users/{user}/admin-access", RefuseAdminAccess).RequireScopes(ResourceKind.User, "servers")
            .Describe("Deprecated since 0.8 and without effect: access to servers is a matter of scopes.").Returns(200);
    }

    private static async Task List(HubRequest request)
    {
        var page = PageRequest.Of(request);
        var query = UsersQuery.Parse(request, page);
        var filters = request.Known.Authority.Permissions.FiltersOf("list:users");
        if (filters.Servers.Count + filters.Services.Count > 0)
        {
            // A filter that names no users must not be taken for one that names all.
            throw Refusal("Action is not authorized with current scopes; requires any of [list:users]", "list:users");
        }

        var users = await request.Get<UserReader>().ListAsync(query, request.Known.Authority, request.Aborted);
        var (models, shape) = (request.Get<UserModels>(), UserShape.Of(request));
        await request.PageAsync(page, users.Total, writer => models.WriteList(writer, users.Users, request.Known, shape));
    }

    private static Task Get(HubRequest request)
    {
        var visible = VisibleFields.OfUser(request.Known.Authority.Permissions, request.Value("user"), request.Known.Authority.Membership);
        return AnswerAsync(request, 200, request.Value("user"), UserShape.Of(request), visible.HasFlag(UserFields.AuthState));
    }

    private static async Task CreateMany(HubRequest request)
    {
        var body = UsersBody.Parse(await request.ReadObjectAsync());
        RefuseGrantOfAdmin(request, body.Admin);
        var made = await request.Get<UserCreation>().CreateAsync(body.Usernames, body.Admin, request.Aborted);
        if (made.Invalid.Count > 0)
        {
            var shown = string.Join(", ", made.Invalid.Take(MostNamesShown).Select(LogText.Bound)) + (made.Invalid.Count > MostNamesShown ? ", …" : "");
            throw HubHttpException.BadRequest($"Invalid username{(made.Invalid.Count > 1 ? "s" : "")}: {shown}");
        }

        if (made.Created.Count == 0)
        {
            throw new HubHttpException(409, $"All {body.Usernames.Count} users already exist");
        }

        var users = await request.Get<UserReader>().ListAsync(made.Created, request.Aborted);
        var (models, shape) = (request.Get<UserModels>(), UserShape.Of(request));
        await request.JsonAsync(201, writer => models.WriteList(writer, users, request.Known, shape));
    }

    private static async Task Create(HubRequest request)
    {
        var body = UserBody.Parse(await request.ReadObjectAsync());
        RefuseGrantOfAdmin(request, body.Admin);
        var created = await request.Get<UserCreation>().CreateAsync(request.Value("user"), body.Admin, request.Aborted);
        switch (created.Outcome)
        {
            case UserCreationOutcome.InvalidName:
                throw HubHttpException.BadRequest($"Invalid username: {LogText.Bound(created.Name)}");
            case UserCreationOutcome.Exists:
                throw new HubHttpException(409, $"User {created.Name} already exists");
            default:
                await AnswerAsync(request, 201, created.Name, UserShape.Of(request));
                break;
        }
    }

    private static async Task Change(HubRequest request)
    {
        var patch = UserPatchBody.Parse(await request.ReadObjectAsync());
        var changed = await request.Get<UserChange>().ApplyAsync(request.Value("user"), patch, request.Known.MayMakeAdmins, request.Aborted);
        if (changed.Outcome != UserChangeOutcome.Changed)
        {
            throw Refusal(request, changed);
        }

        await AnswerAsync(request, 200, changed.Name, UserShape.Of(request) with { Granted = UserFields.AuthState }, showsAuthState: true);
    }

    private static async Task Delete(HubRequest request)
    {
        var name = request.Value("user");
        if (name == request.Known.Name)
        {
            throw HubHttpException.BadRequest("Cannot delete yourself!");
        }

        try
        {
            switch (await request.Get<UserDeletion>().DeleteAsync(name, request.Aborted))
            {
                case UserDeletionOutcome.NotFound:
                    throw NoSuchUser(name);
                case UserDeletionOutcome.ServerIsStopping:
                    throw HubHttpException.BadRequest($"{name}'s server is in the process of stopping, please wait.");
                default:
                    await request.EmptyAsync(204);
                    break;
            }
        }
        catch (ServerFailureException failed)
        {
            throw ServerErrors.From(failed.Failure);
        }
    }

    private static Task RefuseAdminAccess(HubRequest request) => throw HubHttpException.Forbidden("admin access to user servers disabled");

    private static void RefuseGrantOfAdmin(HubRequest request, bool isGranted)
    {
        if (isGranted && !request.Known.MayMakeAdmins)
        {
            throw HubHttpException.Forbidden("Only admins can grant admin permissions");
        }
    }

    private static HubHttpException Refusal(HubRequest request, UserChangeResult refused) => refused.Outcome switch
    {
        UserChangeOutcome.NotFound => NoSuchUser(request.Value("user")),
        UserChangeOutcome.InvalidName => HubHttpException.BadRequest($"Invalid username: {LogText.Bound(refused.Name)}"),
        UserChangeOutcome.NameTaken => HubHttpException.BadRequest($"User {refused.Name} already exists, username must be unique"),
        UserChangeOutcome.HasActiveServers => HubHttpException.BadRequest($"{request.Value("user")} has active servers. Please stop them before renaming the user."),
        UserChangeOutcome.ChangesAdmin => HubHttpException.Forbidden("Only admins can modify other admins"),
        _ => HubHttpException.Forbidden("Only admins can grant admin permissions"),
    };

    private static HubHttpException Refusal(string message, params string[] required) => new(403, message) { RequiredScopes = required };

    private static HubHttpException NoSuchUser(string name) => HubHttpException.NotFound($"No such user: {LogText.Bound(name)}");

    private static async Task AnswerAsync(HubRequest request, int status, string name, UserShape shape, bool showsAuthState = false)
    {
        var user = await request.Get<UserReader>().FindAsync(name, request.Aborted) ?? throw NoSuchUser(name);
        var models = request.Get<UserModels>();
        if (showsAuthState && user.HasAuthState)
        {
            shape = shape with { AuthState = await request.Get<AuthStates>().ReadAsync(name, request.Aborted) };
        }

        await request.JsonAsync(status, writer => models.Write(writer, user, request.Known, shape));
    }
}
