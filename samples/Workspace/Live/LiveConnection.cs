using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using JupyterHub.Client.ActivityTracking;

namespace Workspace.Live;

/// <summary>One open WebSocket.</summary>
internal sealed class LiveConnection(WebSocket socket, HubActivity activity, TimeProvider time, long started) : IDisposable
{
    private const int LargestMessage = 4096;
    private const int TicksBetweenChecks = 30;
    private readonly SemaphoreSlim sending = new(1);

    public async Task RunAsync(Func<Task<bool>> stillWelcome, CancellationTokenSource ending)
    {
        var ticks = TickAsync(stillWelcome, ending.Token);
        var echoes = EchoAsync(ending.Token);
        await Task.WhenAny(ticks, echoes);
        await CloseAsync();
        await ending.CancelAsync();
        try
        {
            await Task.WhenAll(ticks, echoes);
        }
        catch (Exception problem) when (problem is OperationCanceledException or WebSocketException)
        {
            // The other side has gone, or this program ends.
        }
    }

    public void Dispose() => sending.Dispose();

    private async Task TickAsync(Func<Task<bool>> stillWelcome, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        for (var tick = 1; tick % TicksBetweenChecks != 0 || await stillWelcome(); tick++)
        {
            await SendAsync(
                new
                {
                    type = "tick",
                    time = time.GetUtcNow(),
                    uptime = (long)time.GetElapsedTime(started).TotalSeconds,
                    memory = Environment.WorkingSet,
                },
                cancellation);
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    private async Task EchoAsync(CancellationToken cancellation)
    {
        var buffer = new byte[LargestMessage];
        var length = 0;
        while (length < buffer.Length)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            length += received.Count;
            if (received.EndOfMessage)
            {
                activity.Note();
                await SendAsync(new { type = "echo", text = Encoding.UTF8.GetString(buffer, 0, length) }, cancellation);
                length = 0;
            }
        }
    }

    /// <summary>A socket takes one message at a time.</summary>
    private async Task SendAsync(object message, CancellationToken cancellation)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message);
        await sending.WaitAsync(cancellation);
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Text, true, cancellation);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task CloseAsync()
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        try
        {
            await sending.WaitAsync(patience.Token);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        }
        catch (Exception problem) when (problem is OperationCanceledException or WebSocketException)
        {
            socket.Abort();
        }
    }
}
