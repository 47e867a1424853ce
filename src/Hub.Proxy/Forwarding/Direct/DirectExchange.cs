using System.Net.Sockets;
using System.Security.Authentication;
using JupyterHub.Proxy.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.Forwarding.Direct;

/// <summary>One request and its answer: what is under way for it and how it is ended from outside.</summary>
internal sealed class DirectExchange
{
    private readonly Lock changing = new();
    private UpstreamConnection? connection;
    private CancellationTokenSource? webSocket;
    private Task? uploading;
    private int reason;
    private bool hasUploaded;
    private bool isOver;
    private bool wasCut;
    private volatile int moves;
    private int seenMoves;
    private long seenAt = -1;

    public DirectExchange(HttpContext context, RouteEntry route)
    {
        Context = context;
        Route = route;
        var request = context.Request;
        var canHaveBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? request.ContentLength > 0;
        Body = canHaveBody && request.ContentLength != 0 ? new RequestUpload(this, request.BodyReader, request.ContentLength) : null;
    }

    public HttpContext Context { get; }

    public RouteEntry Route { get; }

    /// <summary>The connection that serves it now.</summary>
    public UpstreamConnection Connection => connection ?? throw new InvalidOperationException("The request has no connection.");

    /// <summary>Why it was ended; <see cref="EndReason.None"/> while nobody has.</summary>
    public EndReason Reason => (EndReason)Volatile.Read(ref reason);

    public bool IsEnded => Reason != EndReason.None;

    /// <summary>True once <see cref="Conclude"/> was called.</summary>
    public bool IsConcluded => isOver;

    /// <summary>True when ending it has touched what it uses: the client's connection may break off the next flush, whosever that is.</summary>
    public bool WasCut => wasCut;

    /// <summary>True when it asks for a WebSocket, the only upgrade that comes here.</summary>
    public bool IsWebSocket => Context.Request.Headers.Upgrade.Count > 0;

    /// <summary>The request's body; null when it has none.</summary>
    public RequestUpload? Body { get; }

    /// <summary>True when the client sends its body only after the server has agreed.</summary>
    public bool ExpectsContinue => Body is not null && Context.Request.Headers.Expect.ToString().Equals("100-continue", StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the server has got the whole request.</summary>
    public bool IsSent => Body is null || Body.IsComplete;

    public static bool IsConnectionFailure(Exception failure) => failure is IOException or AuthenticationException or SocketException or ObjectDisposedException or OperationCanceledException;

    /// <summary>Notes that bytes moved.</summary>
    public void MarkMove() => moves++;

    public void MarkUpload()
    {
        MarkMove();
        Route.Activity.Mark();
    }

    /// <summary>Goes on with a connection; it is closed at once when the request has been ended meanwhile.</summary>
    public void Use(UpstreamConnection taken)
    {
        lock (changing)
        {
            connection = taken;
            if (IsEnded)
            {
                taken.Dispose();
            }
        }
    }

    /// <summary>Becomes a WebSocket: ending it from outside cancels what it waits for. Its response can no longer be touched.</summary>
    /// <exception cref="OperationCanceledException">It has been ended meanwhile.</exception>
    public void BeginWebSocket(CancellationTokenSource over)
    {
        lock (changing)
        {
            if (IsEnded)
            {
                throw new OperationCanceledException();
            }

            webSocket = over;
        }
    }

    /// <summary>Gives the connection, which has nothing under way any more, to whoever keeps it.</summary>
    public UpstreamConnection Yield()
    {
        var kept = Connection;
        kept.End();
        connection = null;
        return kept;
    }

    /// <summary>Closes the connection, which has nothing under way any more.</summary>
    public void Drop()
    {
        if (connection is { } dropped)
        {
            dropped.Dispose();
            dropped.End();
            connection = null;
        }
    }

    /// <summary>Ends all of it where something failed that nobody expected. What may still be received into is left to the garbage collector.</summary>
    public async ValueTask AbandonAsync()
    {
        connection?.Dispose();
        await StopUploadAsync();
        Conclude();
        connection = null;
    }

    /// <summary>Has the body sent from now on, unless that was begun or given up before.</summary>
    public void BeginUpload()
    {
        lock (changing)
        {
            if (!IsSent && !hasUploaded && !IsEnded)
            {
                hasUploaded = true;
                uploading = Body!.RunAsync(Connection);
            }
        }
    }

    /// <summary>Waits until nothing more is being sent, breaking off what still is.</summary>
    public async ValueTask StopUploadAsync()
    {
        if (Body is null)
        {
            return;
        }

        lock (changing)
        {
            hasUploaded = true;
        }

        // One that has sent everything ends by itself; cancelling its reading would reach the client's next request.
        if (uploading is { IsCompleted: false } && !IsSent)
        {
            Connection.Dispose();
            Body.Stop();
        }

        if (uploading is not null)
        {
            await uploading;
        }
    }

    /// <summary>Ends the request from outside: whatever it waits for ends too.</summary>
    public void End(EndReason why)
    {
        // Only the first may wait for the lock. What it ends may go on at once, on its thread and inside of the lock, up to where the
        // registrations of the others are disposed of: that waits until they have returned.
        if (Interlocked.CompareExchange(ref reason, (int)why, (int)EndReason.None) != (int)EndReason.None)
        {
            return;
        }

        lock (changing)
        {
            if (isOver)
            {
                return;
            }

            wasCut = true;
            connection?.Dispose();
            if (uploading is { IsCompleted: false })
            {
                Body?.Stop();
            }

            if (webSocket is not null)
            {
                // Not on this thread: the lock is held.
                _ = webSocket.CancelAsync();
            }
            else if (Context.Response.HasStarted)
            {
                Context.Response.BodyWriter.CancelPendingFlush();
            }
        }
    }

    /// <summary>Ends the request when nothing has moved for so long.</summary>
    public void EndIfSilent(long now, long limit)
    {
        var current = moves;
        if (current != seenMoves || seenAt < 0)
        {
            seenMoves = current;
            seenAt = now;
        }
        else if (now - seenAt >= limit)
        {
            End(EndReason.Silent);
        }
    }

    /// <summary>From here on nobody ends it any more: its context belongs to the next request soon.</summary>
    public void Conclude()
    {
        lock (changing)
        {
            isOver = true;
        }
    }

    /// <summary>Breaks off an answer that has begun.</summary>
    public void AbortAnswer()
    {
        if (Context.Features.Get<IHttpResetFeature>() is { } reset)
        {
            // INTERNAL_ERROR of HTTP/2.
            reset.Reset(2);
        }
        else
        {
            Context.Abort();
        }
    }
}
