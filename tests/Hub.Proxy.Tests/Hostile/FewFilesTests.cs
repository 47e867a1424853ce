using System.Net.Sockets;
using JupyterHub.Proxy.Tests.Differential;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Somebody opens more connections than the proxy's process may have files: it outlives that, and serves whom it served before.</summary>
public class FewFilesTests
{
    private const int Limit = 400;

    private static readonly ProxyProgram WithFewFiles = new(
        "ours with few files", ["sh", "-c", $"ulimit -n {Limit} && exec \"$@\"", "sh", .. ProxyProgram.Ours.Command]);

    [Fact]
    public async Task More_connections_than_files_shut_nobody_out_for_longer_than_they_last()
    {
        await using var proxy = await ProxyProcess.StartAsync(WithFewFiles, new ProxyOptions("few-files"), text => text);
        await using var users = await TwoUsers.OpenAsync(proxy);
        using var early = await users.ConnectAsync();
        Assert.Single(await AskAsync(early, "before"));
        var flood = new List<RawConnection>();
        try
        {
            for (var number = 0; number < 2 * Limit; number++)
            {
                await SendHalfARequestAsync(users, flood);
            }

            // Who was there is served on, by servers that have to be connected to; routes can be changed.
            await users.RouteAsync("/user/ada", users.Eve.Url);
            await users.RouteAsync("/user/ada", users.Ada.Url);
            Assert.Equal("ada /user/ada/amid", Assert.Single(await AskAsync(early, "amid")).Body.ToString());
            await Eventually.TrueAsync("a word about it in the log", () => proxy.Output.Any(line => line.Contains("limit of open files", StringComparison.Ordinal)));
            Assert.InRange(Directory.EnumerateFileSystemEntries($"/proc/{proxy.Id}/fd").Count(), 1, Limit - 1);
        }
        finally
        {
            flood.ForEach(connection => connection.Dispose());
        }

        await Eventually.TrueAsync("new clients to be served", async () => await users.Client.GetStringOrStatusAsync("/user/eve/after") == "200 eve /user/eve/after");
        await users.CheckAsync();
    }

    private static Task<IReadOnlyList<StrictMessage>> AskAsync(RawConnection connection, string what) =>
        TwoUsers.SendAsync(connection, $"GET /user/ada/{what} HTTP/1.1\r\nHost: hub\r\n\r\n", most: 1);

    private static async Task SendHalfARequestAsync(TwoUsers users, List<RawConnection> flood)
    {
        try
        {
            var connection = await users.ConnectAsync();
            flood.Add(connection);
            await connection.SendAsync("GET /user/ada/half HTTP/1.1\r\nHost:");
        }
        catch (Exception reset) when (reset is SocketException or IOException)
        {
            // Turned away already.
        }
    }
}
