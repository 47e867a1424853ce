using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>One user's server: it notes what it gets, and answers with its name and the target, or with what a test prescribes.</summary>
internal sealed class StrictServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<Task, bool> connections = new();
    private readonly Task accepting;

    public StrictServer(string name)
    {
        Name = name;
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Name { get; }

    public Uri Url => new($"http://{listener.LocalEndpoint}");

    /// <summary>Requests in the order of their heads.</summary>
    public ConcurrentQueue<StrictMessage> Requests { get; } = new();

    /// <summary>What was not HTTP as the grammar has it.</summary>
    public ConcurrentQueue<string> Violations { get; } = new();

    /// <summary>Answers instead of the server; false ends the connection. Null for the plain answer.</summary>
    public Func<StrictMessage, Socket, NetworkStream, Task<bool>>? Script { get; set; }

    /// <summary>The plain answer.</summary>
    public string AnswerTo(string target) => $"HTTP/1.1 200 OK\r\nContent-Length: {Name.Length + 1 + target.Length}\r\n\r\n{Name} {target}";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(connections.Keys);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var serving = ServeAsync(await listener.AcceptSocketAsync(stop.Token));
                connections[serving] = true;
                _ = serving.ContinueWith(done => connections.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        await using var stopping = stop.Token.Register(socket.Dispose);
        var reader = new StrictReader(stream);
        try
        {
            while (await reader.ReadHeadAsync() is { } request)
            {
                Requests.Enqueue(request);
                await reader.ReadBodyAsync(request);
                reader.Violations.ForEach(Violations.Enqueue);
                reader.Violations.Clear();
                if (!await AnswerAsync(request, socket, stream))
                {
                    return;
                }
            }
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException or SocketException)
        {
            // Ended by the proxy, or by the end of the test.
        }
        finally
        {
            reader.Violations.ForEach(Violations.Enqueue);
        }
    }

    private async Task<bool> AnswerAsync(StrictMessage request, Socket socket, NetworkStream stream)
    {
        if (Script is { } script)
        {
            return await script(request, socket, stream);
        }

        if (!request.IsComplete)
        {
            return false;
        }

        await stream.WriteAsync(Encoding.Latin1.GetBytes(AnswerTo(request.Target)), stop.Token);
        return true;
    }
}
