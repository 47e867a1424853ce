using System.Net.Sockets;
using System.Text;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Connections that come and are cut at any point leave nothing behind.</summary>
[Collection(nameof(Alone))]
public class LeakTests
{
    private const string Upgrade = "GET /user/ada/ws HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    // Connections to servers that are kept for the next request, and those that end just now.
    private const int Kept = 60;

    [Theory]
    [InlineData(ForwardingPath.Yarp, 3_000, 300)]
    [InlineData(ForwardingPath.Direct, 3_000, 1_000)]
    public Task Connections_that_are_cut_leave_no_sockets(ForwardingPath path, int connections, int webSockets) => CutAsync(path, connections, webSockets);

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData(ForwardingPath.Yarp, 100_000, 10_000)]
    [InlineData(ForwardingPath.Direct, 100_000, 10_000)]
    public Task A_hundred_thousand_connections_that_are_cut_leave_no_sockets(ForwardingPath path, int connections, int webSockets) =>
        CutAsync(path, connections, webSockets);

    [Theory]
    [InlineData(ForwardingPath.Yarp, 2_000)]
    [InlineData(ForwardingPath.Direct, 2_000)]
    public Task Idle_and_slow_connections_keep_nobody_waiting(ForwardingPath path, int connections) => IdleAsync(path, connections);

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData(ForwardingPath.Yarp, 9_000)]
    [InlineData(ForwardingPath.Direct, 9_000)]
    public Task Thousands_of_idle_and_slow_connections_keep_nobody_waiting(ForwardingPath path, int connections) => IdleAsync(path, connections);

    /// <summary>Opens and cuts connections and WebSockets.</summary>
    internal static async Task CutAsync(TwoUsers users, int connections, int webSockets)
    {
        users.Ada.Script = AnswerAsync;
        await CutAsync(users, connections, CutAnywhereAsync);
        await CutAsync(users, webSockets, CutWebSocketAsync);
        users.Ada.Script = null;
    }

    /// <summary>Leaves connections open that say nothing, or half a request, while others are served.</summary>
    /// <param name="users">The users.</param>
    /// <param name="count">How many.</param>
    /// <param name="memory">Tells what the proxy uses.</param>
    internal static async Task IdleAsync(TwoUsers users, int count, Func<long> memory)
    {
        await users.CheckAsync();
        var before = memory();
        var idle = new List<RawConnection>(count);
        try
        {
            for (var number = 0; number < count; number++)
            {
                var connection = await users.ConnectAsync();
                idle.Add(connection);
                await connection.SendAsync((number % 3) switch { 0 => "", 1 => "GET /user/eve/slow HTTP/1.1\r\nHost: h", _ => "GET /user/eve/slow HTTP/1.1\r\nHost: hub\r\nX: y\r\n" });
            }

            await users.CheckAsync();
            Assert.InRange((memory() - before) / count, long.MinValue, 64 * 1024);
        }
        finally
        {
            idle.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task CutAsync(ForwardingPath path, int connections, int webSockets)
    {
        await using var users = await TwoUsers.OpenAsync(path);
        await CutAsync(users, 200, 0);
        var before = SocketCount.Now();
        await CutAsync(users, connections, webSockets);
        await Eventually.TrueAsync($"sockets to come down from {SocketCount.Now()} to {before}", () => SocketCount.Now() <= before + Kept);
        await users.CheckAsync();
    }

    private static async Task IdleAsync(ForwardingPath path, int count)
    {
        await using var users = await TwoUsers.OpenAsync(path);
        await IdleAsync(users, count, () => GC.GetTotalMemory(forceFullCollection: true));
    }

    private static Task CutAsync(TwoUsers users, int count, Func<TwoUsers, int, Task> cut) =>
        Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) => await cut(users, number));

    private static async Task CutAnywhereAsync(TwoUsers users, int number)
    {
        using var connection = await users.ConnectAsync();
        await connection.SendAsync((number % 6) switch
        {
            0 => "",
            1 => "GET /user/ada/half HTTP/1.1\r\nHost:",
            2 => "POST /user/ada/upload HTTP/1.1\r\nHost: hub\r\nContent-Length: 1000\r\n\r\nabc",
            3 => "POST /user/ada/chunks HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
            _ => "GET /user/ada/answer HTTP/1.1\r\nHost: hub\r\n\r\n",
        });
        if (number % 6 == 5)
        {
            await connection.ReadHeadAsync();
        }

        if (number % 4 > 0)
        {
            connection.Reset();
        }
    }

    private static async Task CutWebSocketAsync(TwoUsers users, int number)
    {
        using var connection = await users.ConnectAsync();
        await connection.SendAsync(Upgrade);
        Assert.StartsWith("HTTP/1.1 101 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        switch (number % 3)
        {
            case 0:
                connection.Reset();
                break;
            case 1:
                // Asks the server to cut it.
                await connection.SendAsync("!");
                Assert.Equal("", await connection.ReadToEndAsync());
                break;
            default:
                await connection.SendAsync("x");
                Assert.Equal("x", await connection.ReadUntilAsync("x"));
                break;
        }
    }

    private static async Task<bool> AnswerAsync(StrictMessage request, Socket socket, NetworkStream stream)
    {
        if (request.Target != "/user/ada/ws")
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nanswer"u8.ToArray());
            return request.IsComplete;
        }

        await stream.WriteAsync(Encoding.Latin1.GetBytes("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"));
        var buffer = new byte[1];
        while (await stream.ReadAsync(buffer) > 0 && buffer[0] != '!')
        {
            await stream.WriteAsync(buffer);
        }

        return false;
    }
}
