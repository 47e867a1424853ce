using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Start and stop of a user's default server (contract 2.5). The trailing-slash form names the same server.</summary>
internal static class ServersEndpoints
{
    public static void Map(HubRouteTable routes)
    {
        foreach (var path in new[] { "api/users/{user}/server", "api/users/{user}/servers/" })
        {
            routes.Api("POST", path, Start).RequireScopes(ResourceKind.Server, "start:servers")
                .Describe("Starts a server, and answers when it runs or when that takes too long to wait for.").Takes("ServerBody").Returns(201).Returns(202);
            routes.Api("DELETE", path, Stop).RequireScopes(ResourceKind.Server, "delete:servers")
                .Describe("Stops a server, and answers when it is gone or when that takes too long to wait for.").Takes("StopBody").Returns(202).Returns(204);
        }
    }

    private static async Task Start(HubRequest request)
    {
        var body = await request.ReadObjectAsync();
        var options = StartBody.UserOptions(body);
        if (IsPending(request, "spawn"))
        {
            await request.EmptyAsync(202, "text/plain");
            return;
        }

        var supervisor = request.Get<ServerSupervisor>();
        var operation = await supervisor.StartAsync(request.Value("user"), request.Value("server"), options, request.Aborted);
        await AnswerAsync(request, operation, request.Get<JupyterHubOptions>().SlowSpawnTimeout, whenDone: 201);
    }

    private static async Task Stop(HubRequest request)
    {
        var body = await request.ReadObjectAsync();
        if (body?["remove"] is JsonValue remove && remove.TryGetValue(out bool isRemoval) && isRemoval)
        {
            throw HubHttpException.BadRequest("Cannot delete the default server");
        }

        if (IsPending(request, "stop"))
        {
            await request.EmptyAsync(202, "text/plain");
            return;
        }

        var supervisor = request.Get<ServerSupervisor>();
        var operation = await supervisor.StopAsync(request.Value("user"), request.Value("server"), request.Aborted);
        await AnswerAsync(request, operation, request.Get<JupyterHubOptions>().SlowStopTimeout, whenDone: 204);
    }

    /// <summary>Whoever asks again for what is under way is not kept waiting.</summary>
    private static bool IsPending(HubRequest request, string what) =>
        request.Get<ServerSupervisor>().GetStatus(request.Value("user"), request.Value("server")).Pending == what;

    /// <summary>Waits for the operation for a while; it goes on by itself if that was not long enough.</summary>
    private static async Task AnswerAsync(HubRequest request, ServerOperation operation, double patience, int whenDone)
    {
        var time = request.Get<TimeProvider>();
        try
        {
            var failure = await operation.Completion.WaitAsync(TimeSpan.FromSeconds(patience), time, request.Aborted);
            if (failure is not null)
            {
                throw ServerErrors.From(failure);
            }
        }
        catch (TimeoutException)
        {
            await request.EmptyAsync(202, "text/plain");
            return;
        }

        await request.EmptyAsync(whenDone, whenDone == 204 ? null : "text/plain");
    }
}
