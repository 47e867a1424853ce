using System.Text;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Hosting;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Events;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Events;

/// <summary>Events as the page's script follows them (server-sent events). A stream ends after a while, so that browsers come back with what they may by then.</summary>
internal static class EventStream
{
    /// <summary>Who lost a permission, or signed out, hears of nothing any more after this time.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    public static async Task FollowAsync(HubRequest request)
    {
        var events = request.Get<HubEvents>();
        if (!events.TryEnter())
        {
            throw new HubHttpException(503, "Too many people watch the events at the moment.") { RetryAfter = 30 };
        }

        try
        {
            await SendAsync(request, events);
        }
        finally
        {
            events.Leave();
        }
    }

    private static async Task SendAsync(HubRequest request, HubEvents events)
    {
        var time = request.Get<TimeProvider>();
        using var lifetime = new CancellationTokenSource(Lifetime, time);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, request.Get<ShutdownSignal>().Token, lifetime.Token);
        var place = request.Http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } seen ? seen : request.Query("after");
        var source = events.WatchAsync(EventPlace.Read(events, place), gone.Token).GetAsyncEnumerator(gone.Token);
        var next = source.MoveNextAsync().AsTask();
        try
        {
            await BeginAsync(request);
            while (await NextAsync(request, next, time))
            {
                if (EventAccess.MayRead(request.Known, source.Current))
                {
                    await WriteAsync(request, $"id: {EventPlace.Of(events, source.Current.Id)}\ndata: {request.Get<EventJson>().Of(source.Current)}\n\n");
                }

                next = source.MoveNextAsync().AsTask();
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The reader has gone, or is to come back.
        }
        finally
        {
            await gone.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await source.DisposeAsync();
        }
    }

    private static Task BeginAsync(HubRequest request)
    {
        var response = request.Http.Response;
        response.StatusCode = 200;
        response.ContentType = "text/event-stream";
        request.Http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        return WriteAsync(request, "retry: 1000\n\n");
    }

    private static async Task<bool> NextAsync(HubRequest request, Task<bool> next, TimeProvider time)
    {
        while (true)
        {
            try
            {
                return await next.WaitAsync(Heartbeat, time, request.Aborted);
            }
            catch (TimeoutException) when (!next.IsCompleted)
            {
                // A comment keeps proxies in between from closing a silent connection.
                await WriteAsync(request, ":\n\n");
            }
        }
    }

    private static async Task WriteAsync(HubRequest request, string text)
    {
        await request.Http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), request.Aborted);
        await request.Http.Response.Body.FlushAsync(request.Aborted);
    }
}
