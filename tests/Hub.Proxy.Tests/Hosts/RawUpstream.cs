using System.Net;
using System.Net.Sockets;
using System.Text;

namespace JupyterHub.Proxy.Tests.Hosts;

/// <summary>A server that misbehaves in ways that no web framework would: a test scripts each connection.</summary>
public sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<NetworkStream, Task> script;
    private readonly Task accepting;
    private int connections;

    private RawUpstream(Func<NetworkStream, Task> script)
    {
        this.script = script;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>How many connections were made to it.</summary>
    public int Connections => connections;

    public Uri Url => new($"http://{listener.LocalEndpoint}");

    /// <summary>Runs a script on each connection after its request head has come; then the connection is closed.</summary>
    public static RawUpstream Start(Func<string, NetworkStream, Task> script) => new(async stream => await script(await ReadHeadAsync(stream), stream));

    /// <summary>Answers each request of each connection with these bytes, for as long as there are requests.</summary>
    public static RawUpstream Repeating(string response) => Start(async (_, stream) =>
    {
        do
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(response));
        }
        while ((await ReadHeadAsync(stream)).Length > 0);
    });

    /// <summary>Answers each connection with these bytes.</summary>
    public static RawUpstream Answering(string response) => Start((_, stream) => stream.WriteAsync(Encoding.Latin1.GetBytes(response)).AsTask());

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref connections);
                _ = ServeAsync(client);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await script(client.GetStream());
            }
            catch (IOException)
            {
            }
        }
    }

    /// <summary>Reads the next request's head; less when the connection was closed.</summary>
    public static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer) > 0)
        {
            head.Append((char)buffer[0]);
        }

        return head.ToString();
    }
}
