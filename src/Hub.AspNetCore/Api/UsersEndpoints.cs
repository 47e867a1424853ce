using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Single users: read and create (contract 2.3).</summary>
internal static class UsersEndpoints
{
    public static void Map(HubRouteTable routes)
    {
        routes.Api("GET", "api/users/{user}", Get).RequireScopes(
            ResourceKind.User, "read:users", "read:users:name", "read:servers", "read:users:groups", "read:users:activity", "read:roles:users")
            .Describe("Shows a user.").TakesQuery("include_stopped_servers").Returns(200, "User");
        routes.Api("POST", "api/users/{user}", Create).RequireScopes(ResourceKind.User, "admin:users")
            .Describe("Makes a user.").Takes("UserBody").Returns(201, "User");
    }

    private static Task Get(HubRequest request) => AnswerAsync(request, 200, request.Value("user"));

    private static async Task Create(HubRequest request)
    {
        var body = UserBody.Parse(await request.ReadObjectAsync());
        if (body.Admin && !request.Known.Admin)
        {
            throw HubHttpException.Forbidden("Only admins can grant admin permissions");
        }

        var created = await request.Get<UserCreation>().CreateAsync(request.Value("user"), body.Admin, request.Aborted);
        switch (created.Outcome)
        {
            case UserCreationOutcome.InvalidName:
                throw HubHttpException.BadRequest($"Invalid username: {created.Name}");
            case UserCreationOutcome.Exists:
                throw new HubHttpException(409, $"User {created.Name} already exists");
            default:
                await AnswerAsync(request, 201, created.Name);
                break;
        }
    }

    private static async Task AnswerAsync(HubRequest request, int status, string name)
    {
        var users = request.Get<UserModels>();
        var user = await users.LoadAsync(name, request.Aborted) ?? throw HubHttpException.NotFound($"No such user: {name}");
        var includeStopped = UserModels.IncludesStopped(request);
        await request.JsonAsync(status, writer => users.Write(writer, user, request.Known, includeStopped));
    }
}
