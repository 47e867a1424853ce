using System.Text.Json;
using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Hosting;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.AspNetCore.Api;

/// <summary>The progress of a start as server-sent events (contract 2.6).</summary>
internal static class ProgressEndpoints
{
    /// <summary>An empty line now and then keeps proxies in between from closing a silent connection.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(8);

    private static readonly ReadOnlyMemory<byte> Prefix = "data: "u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Blank = "\n\n"u8.ToArray();

    public static void Map(HubRouteTable routes)
    {
        foreach (var path in new[] { "api/users/{user}/server/progress", "api/users/{user}/servers//progress", "api/users/{user}/servers/{server}/progress" })
        {
            routes.Api("GET", path, Follow).RequireScopes(ResourceKind.Server, "read:servers")
                .Describe("Follows the start of a server, event by event, until it runs or has failed.").Returns(200, "ProgressEvents");
        }
    }

    private static async Task Follow(HubRequest request)
    {
        await RefuseUnknownAsync(request);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, request.Get<ShutdownSignal>().Token);
        var events = request.Get<ServerSupervisor>().WatchAsync(request.Value("user"), request.Value("server"), gone.Token).GetAsyncEnumerator(gone.Token);

        // The first step tells whether there is anything to follow; after it the status can no longer change.
        var next = events.MoveNextAsync().AsTask();
        try
        {
            await BeginAsync(request, next);
            while (await NextAsync(request, next))
            {
                await WriteAsync(request, events.Current);
                next = events.MoveNextAsync().AsTask();
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The listener has gone, or the hub goes down: it comes back by itself and sees everything again.
        }
        finally
        {
            await gone.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await events.DisposeAsync();
        }
    }

    private static async Task RefuseUnknownAsync(HubRequest request)
    {
        var key = new ServerKey(request.Value("user"), request.Value("server"));
        var models = request.Get<ServerModels>();
        if (!await models.OwnerExistsAsync(key.UserName, request.Aborted))
        {
            throw HubHttpException.NotFound($"No such user: {LogText.Bound(key.UserName)}");
        }

        // A server whose start was just begun may have no row yet.
        if (!request.Get<ServerSupervisor>().GetStatus(key.UserName, key.ServerName).IsActive && await models.LoadAsync(key, request.Aborted) is null)
        {
            throw ServerOperationException.NoSuchServer(key);
        }
    }

    private static async Task BeginAsync(HubRequest request, Task<bool> first)
    {
        await Task.WhenAny(first, Task.Delay(TimeSpan.FromSeconds(1), request.Get<TimeProvider>(), request.Aborted));
        if (first.IsFaulted)
        {
            await first;
        }

        var response = request.Http.Response;
        response.StatusCode = 200;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        request.Http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await response.Body.WriteAsync(Blank, request.Aborted);
        await response.Body.FlushAsync(request.Aborted);
    }

    private static async Task<bool> NextAsync(HubRequest request, Task<bool> next)
    {
        while (true)
        {
            try
            {
                return await next.WaitAsync(KeepAlive, request.Get<TimeProvider>(), request.Aborted);
            }
            catch (TimeoutException) when (!next.IsCompleted)
            {
                await request.Http.Response.Body.WriteAsync(Blank, request.Aborted);
                await request.Http.Response.Body.FlushAsync(request.Aborted);
            }
        }
    }

    private static async Task WriteAsync(HubRequest request, ProgressEvent step)
    {
        var body = request.Http.Response.Body;
        await body.WriteAsync(Prefix, request.Aborted);
        await body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(step, ProgressJson.Readable.ProgressEvent), request.Aborted);
        await body.WriteAsync(Blank, request.Aborted);
        await body.FlushAsync(request.Aborted);
    }
}
