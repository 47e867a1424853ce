using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>A server that notes every byte it gets and answers with what a case prescribes.</summary>
internal sealed class RecordingServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<Task> connections = [];
    private readonly string name;
    private readonly Task accepting;
    private int busy;

    /// <summary>Starts a server.</summary>
    public RecordingServer(string name)
    {
        this.name = name;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>What it says to each request.</summary>
    public Answer Answer { get; set; } = Exchange.Plainly;

    /// <summary>Puts values in place of names in braces.</summary>
    public Func<string, string> Resolve { get; set; } = text => text;

    /// <summary>Where its requests are noted, in the order of their heads.</summary>
    public ConcurrentQueue<RecordedRequest> Requests { get; set; } = new();

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>True while it is in the middle of a request.</summary>
    public bool IsBusy => Volatile.Read(ref busy) > 0;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(connections);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await listener.AcceptSocketAsync(stop.Token)));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            var reader = new WireReader(stream);
            while (await reader.ReadHeadAsync(stop.Token) is { } request)
            {
                Interlocked.Increment(ref busy);
                try
                {
                    if (!await AnswerAsync(request, reader, socket, stream))
                    {
                        return;
                    }
                }
                finally
                {
                    Interlocked.Decrement(ref busy);
                }
            }
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException)
        {
            // The proxy has had enough.
        }
    }

    private async Task<bool> AnswerAsync(WireMessage request, WireReader reader, Socket socket, NetworkStream stream)
    {
        var answer = Answer;
        var recorded = new RecordedRequest(name, request);
        Requests.Enqueue(recorded);
        await WriteAsync(stream, answer.Interim);
        if (!answer.IsEarly)
        {
            await reader.ReadRequestBodyAsync(request, stop.Token);
        }

        await WriteAsync(stream, answer.Text);
        if (answer.IsUpgrade)
        {
            await EchoAsync(recorded, reader, stream);
            return false;
        }

        if (answer.IsEarly)
        {
            await reader.ReadRequestBodyAsync(request, stop.Token);
        }

        if (answer.Resets)
        {
            // Not through the stream, which would say goodbye first.
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }

        return !answer.Closes && !answer.Resets && !request.IsCut;
    }

    private async Task EchoAsync(RecordedRequest recorded, WireReader reader, NetworkStream stream)
    {
        var text = new StringBuilder();
        for (int next; (next = await reader.ReadByteAsync(stop.Token)) >= 0;)
        {
            text.Append((char)next);
            recorded.Tunnelled = text.ToString();
            await stream.WriteAsync(new byte[] { (byte)char.ToUpperInvariant((char)next) }, stop.Token);
            if (next == '!')
            {
                return;
            }
        }
    }

    private async Task WriteAsync(NetworkStream stream, string text) =>
        await stream.WriteAsync(Encoding.Latin1.GetBytes(Resolve(text).Replace("{name}", name, StringComparison.Ordinal)), stop.Token);
}
