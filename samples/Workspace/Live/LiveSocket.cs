using System.Net.WebSockets;
using Workspace.Activity;
using Workspace.SignIn;

namespace Workspace.Live;

/// <summary>The page's WebSocket: a tick each second, an echo for what comes in.</summary>
internal sealed class LiveSocket(
    WorkspaceSettings settings,
    Visitors visitors,
    ActivityLog activity,
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

        if (!SocketOrigin.IsAllowed(context.Request, settings.PublicHost))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var connection = new LiveConnection(socket, activity, time, started);
        await connection.RunAsync(() => visitors.IsStillWelcomeAsync(context), ending);
    }
}
