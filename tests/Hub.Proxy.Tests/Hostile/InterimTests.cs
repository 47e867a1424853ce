using System.Text;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Servers that announce an answer and never give it.</summary>
public class InterimTests
{
    [Theory]
    [InlineData(ForwardingPath.Direct, "HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData(ForwardingPath.Direct, "HTTP/1.1 102 Processing\r\n\r\n")]
    [InlineData(ForwardingPath.Direct, "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")]
    [InlineData(ForwardingPath.Yarp, "HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData(ForwardingPath.Yarp, "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")]
    public async Task Whoever_only_ever_announces_an_answer_is_given_up(ForwardingPath path, string interim)
    {
        await using var proxy = await ProxyHost.StartAsync(setup =>
        {
            path.Choose(setup);
            setup.Proxy = options => options.ActivityTimeout = path == ForwardingPath.Direct ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(2);
        });

        // Ours counts them, each a sign of life; YARP looks at the time and not at them.
        await AnnounceAsync(interim, path == ForwardingPath.Direct ? 503 : 504, proxy.Url, target => proxy.RouteAsync("/user/ada/", target));
        await Eventually.TrueAsync(() => proxy.DirectConnections == 0);
    }

    [Theory]
    [InlineData(99, "200")]
    [InlineData(100, "503")]
    public async Task An_answer_may_be_announced_many_times_and_not_without_end(int times, string status)
    {
        await using var upstream = RawUpstream.Answering(
            $"{string.Concat(Enumerable.Repeat("HTTP/1.1 102 Processing\r\n\r\n", times))}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        await using var proxy = await ProxyHost.StartAsync();
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }

    /// <summary>Announces an answer again and again until the proxy breaks off.</summary>
    internal static async Task AnnounceAsync(string interim, int status, Uri proxy, Func<Uri, Task> route)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            try
            {
                // Slowly: never silent for as long as it may be, and never more than a few bytes at once.
                for (var bytes = Encoding.ASCII.GetBytes(interim); ; await Task.Delay(20))
                {
                    await stream.WriteAsync(bytes);
                }
            }
            catch (IOException)
            {
                ended.SetResult();
            }
        });
        await route(upstream.Url);
        using var connection = await RawConnection.OpenAsync(proxy);
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        await Eventually.Within(ended.Task);
    }

    [Fact]
    public async Task A_head_that_trickles_in_without_end_is_given_up_at_its_limit()
    {
        var sent = 0;
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray());
            for (var line = Encoding.ASCII.GetBytes($"X: {new string('x', 100)}\r\n"); ; sent += line.Length)
            {
                await stream.WriteAsync(line);
            }
        });
        await using var proxy = await ProxyHost.StartAsync(setup => setup.Proxy = options => options.MaxResponseHeadersKilobytes = 8);
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync("GET /user/ada/ HTTP/1.1\r\nHost: hub\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 503 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => proxy.DirectConnections == 0);
    }
}
