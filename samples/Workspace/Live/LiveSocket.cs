using System.Net.WebSockets;
using JupyterHub.Client.ActivityTracking;
using JupyterHub.Client.Authentication;

namespace Workspace.Live;

/// <summary>The page's WebSocket: a tick each second, an echo for what comes in.</summary>
internal sealed class LiveSocket(
    HubActivity activity,
    TimeProvider time,
    IHostApplicationLifetime lifetime)
{
    private readonly long started = time.GetTimestamp();

    /// <summary>Serves somebody who may come in; the socket does not outlive the sign-in.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var connection = new LiveConnection(socket, activity, time, started);
        await connection.RunAsync(() => context.IsHubVisitorStillWelcomeAsync(), ending);
    }
}
