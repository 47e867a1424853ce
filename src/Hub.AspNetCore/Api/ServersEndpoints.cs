using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api;

/// <summary>A user's servers: looked at, made, started, changed, stopped and removed (contract 2.5). An empty name is the default server.</summary>
internal static class ServersEndpoints
{
    public static void Map(HubRouteTable routes)
    {
        foreach (var path in new[] { "api/users/{user}/server", "api/users/{user}/servers/", "api/users/{user}/servers/{server}" })
        {
            routes.Api("GET", path, Get).RequireScopes(ResourceKind.Server, "read:servers")
                .Describe("Shows one server of a user, running or not.").Returns(200, "Server");
            routes.Api("PUT", path, Create).RequireScopes(ResourceKind.Server, "start:servers")
                .Describe("Makes a named server without starting it.").Takes("ServerBody").Returns(201, "Server");
            routes.Api("POST", path, Start).RequireScopes(ResourceKind.Server, "start:servers")
                .Describe("Starts a server; a named one that does not exist is made. A start that takes long goes on after the answer.")
                .Takes("ServerBody").Returns(201).Returns(202);
            routes.Api("PATCH", path, Change).RequireScopes(ResourceKind.Server, "start:servers")
                .Describe("Changes name, display name or options of a server that does not run: all that is asked, or nothing.")
                .Takes("ServerPatch").Returns(200, "Server");
            routes.Api("DELETE", path, Stop).RequireScopes(ResourceKind.Server, "delete:servers")
                .Describe("Stops a server or cancels its start, and removes a named one if that is asked. A stop that takes long goes on after the answer.")
                .Takes("StopBody").Returns(204).Returns(202);
        }
    }

    private static async Task Get(HubRequest request) => await AnswerAsync(request, 200, await KeyAsync(request));

    private static async Task Create(HubRequest request)
    {
        var key = await KeyAsync(request);
        if (await request.Get<ServerModels>().LoadAsync(key, request.Aborted) is not null)
        {
            // Said before anything of the body is.
            throw ServerOperationException.AlreadyExists(key);
        }

        var choices = StartBody.Parse(await request.ReadObjectAsync());
        await request.Get<ServerInventory>().CreateAsync(key, choices, request.Aborted);
        await AnswerAsync(request, 201, key);
    }

    private static async Task Start(HubRequest request)
    {
        var key = await KeyAsync(request);
        var choices = StartBody.Parse(await request.ReadObjectAsync());
        ServerOperation start;
        try
        {
            start = await request.Get<ServerSupervisor>().StartAsync(key.UserName, key.ServerName, choices, request.Aborted);
        }
        catch (ServerOperationException refused) when (refused.Kind == ServerOperationError.Starting)
        {
            // Whoever asks again for what is under way is not kept waiting.
            await request.EmptyAsync(202, "text/plain");
            return;
        }

        await AnswerAsync(request, start, request.Get<JupyterHubOptions>().SlowSpawnTimeout, whenDone: 201);
    }

    private static async Task Change(HubRequest request)
    {
        var key = await KeyAsync(request);
        var change = ServerPatch.Parse(await request.ReadObjectAsync());
        try
        {
            await request.Get<ServerSupervisor>().ChangeAsync(key.UserName, key.ServerName, change, request.Aborted);
        }
        catch (ServerFailureException failed)
        {
            throw ServerErrors.From(failed.Failure);
        }

        await AnswerAsync(request, 200, key with { ServerName = change.Name ?? key.ServerName });
    }

    private static async Task Stop(HubRequest request)
    {
        var key = await KeyAsync(request);
        var remove = StopBody.Remove(await request.ReadObjectAsync());
        request.Get<NamedServerRules>().CheckEnd(key, remove);
        var supervisor = request.Get<ServerSupervisor>();
        var isStopping = supervisor.GetStatus(key.UserName, key.ServerName).Phase == ServerPhase.Stopping;
        var stop = remove
            ? await supervisor.RemoveAsync(key.UserName, key.ServerName, request.Aborted)
            : await supervisor.StopAsync(key.UserName, key.ServerName, request.Aborted);
        if (isStopping)
        {
            // A removal that was asked for with it follows when the stop is done.
            await request.EmptyAsync(202, "text/plain");
            return;
        }

        await AnswerAsync(request, stop, request.Get<JupyterHubOptions>().SlowStopTimeout, whenDone: 204);
    }

    /// <summary>The server that the path names, of a user that exists.</summary>
    private static async Task<ServerKey> KeyAsync(HubRequest request)
    {
        var key = new ServerKey(request.Value("user"), request.Value("server"));
        return await request.Get<ServerModels>().OwnerExistsAsync(key.UserName, request.Aborted)
            ? key
            : throw HubHttpException.NotFound($"No such user: {LogText.Bound(key.UserName)}");
    }

    private static async Task AnswerAsync(HubRequest request, int status, ServerKey key)
    {
        var models = request.Get<ServerModels>();
        var row = await models.LoadAsync(key, request.Aborted) ?? throw ServerOperationException.NoSuchServer(key);
        var known = request.Get<ServerSupervisor>().GetStatus(key.UserName, key.ServerName);
        await request.JsonAsync(status, writer => models.Write(writer, key.UserName, row, known, request.Known));
    }

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
