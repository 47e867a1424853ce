using System.Net.Sockets;
using System.Text;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Proxy.Tests.Hosts;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Servers of WebSockets that die at any stage: before, within and behind the handshake, while they speak and while they are spoken to.</summary>
public class WebSocketDeathTests
{
    private const string Accepted = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\n";
    private const string Frames = "\u0082\u0005hello\u0082\u0005world";
    private const string Handshake =
        "GET /user/ada/attack HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    public static TheoryData<ForwardingPath, bool> Deaths => new() { { ForwardingPath.Direct, false }, { ForwardingPath.Direct, true }, { ForwardingPath.Yarp, false }, { ForwardingPath.Yarp, true } };

    public static TheoryData<ForwardingPath, bool, bool> DeathsUnderLoad
    {
        get
        {
            var data = new TheoryData<ForwardingPath, bool, bool>();
            foreach (var path in Enum.GetValues<ForwardingPath>())
            {
                foreach (var resets in (bool[])[false, true])
                {
                    data.Add(path, resets, false);
                    data.Add(path, resets, true);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task One_that_dies_at_any_byte_leaves_an_error_or_what_it_had_said(ForwardingPath path, bool resets)
    {
        await using var users = await TwoUsers.OpenAsync(path);
        await DieAnywhereAsync(resets, users);
        await EndedAsync(users, (Accepted + Frames).Length + 1);
    }

    [Theory]
    [MemberData(nameof(DeathsUnderLoad))]
    public async Task One_that_dies_while_bytes_move_takes_its_client_along_and_leaves_nothing_behind(ForwardingPath path, bool resets, bool clientSpeaks)
    {
        await using var users = await TwoUsers.OpenAsync(path);
        await DieUnderLoadAsync(resets, clientSpeaks, users);
        await EndedAsync(users, 1);
    }

    [Theory]
    [InlineData(ForwardingPath.Direct)]
    [InlineData(ForwardingPath.Yarp)]
    public async Task What_a_client_says_before_it_was_accepted_waits_until_it_is(ForwardingPath path)
    {
        var early = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = RawUpstream.Start(async (_, stream) =>
        {
            early.SetResult(stream.Socket.Available);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(Accepted));
            var bytes = new byte[Frames.Length];
            await stream.ReadExactlyAsync(bytes);
            said.SetResult(Encoding.Latin1.GetString(bytes));
        });
        await using var proxy = await ProxyHost.StartAsync(setup => path.Choose(setup));
        await proxy.RouteAsync("/user/ada/", upstream.Url);
        using var connection = await proxy.ConnectAsync();
        await connection.SendAsync(Handshake + Frames);
        Assert.StartsWith("HTTP/1.1 101 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await Eventually.Within(early.Task));
        Assert.Equal(Frames, await Eventually.Within(said.Task));
    }

    [Theory]
    [InlineData(ForwardingPath.Direct)]
    [InlineData(ForwardingPath.Yarp)]
    public async Task What_a_client_says_before_it_was_refused_is_its_next_request_and_no_part_of_this_one(ForwardingPath path)
    {
        await using var users = await TwoUsers.OpenAsync(path);
        users.Ada.Script = async (request, _, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nplain"u8.ToArray());
            return true;
        };
        var answers = await users.SendAsync($"{Handshake}GET /user/eve/next HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        Assert.Equal(["plain", "eve /user/eve/next"], answers.Select(answer => answer.Body.ToString()));
        Assert.Equal("/user/ada/attack", Assert.Single(users.Ada.Requests).Target);
        users.Ada.Script = null;
        await users.CheckAsync();
    }

    /// <summary>Cuts one server's speech after each of its bytes.</summary>
    internal static async Task DieAnywhereAsync(bool resets, TwoUsers users)
    {
        var speech = Accepted + Frames;
        for (var length = 0; length <= speech.Length; length++)
        {
            var sent = speech[..length];
            users.Ada.Script = (request, socket, stream) => DieAsync(users.Ada, request, socket, stream, sent, resets);
            using var connection = await users.ConnectAsync();
            await connection.SendAsync(Handshake);
            var head = await ReadHeadAsync(connection);
            if (length < Accepted.Length)
            {
                Assert.StartsWith("HTTP/1.1 503 ", head, StringComparison.Ordinal);
            }
            else if (!resets || head.Length > 0)
            {
                // A reset may overtake all that was said before it.
                Assert.True(resets ? head.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal) || head.StartsWith("HTTP/1.1 503 ", StringComparison.Ordinal) : head.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal), head);
                var said = head.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal) ? await connection.ReadToEndAsync() : "";
                Assert.True(resets ? sent[Accepted.Length..].StartsWith(said, StringComparison.Ordinal) : sent[Accepted.Length..] == said, $"after {length} bytes: {said}");
            }
        }
    }

    /// <summary>Ends one server amid a megabyte in one direction.</summary>
    internal static async Task DieUnderLoadAsync(bool resets, bool clientSpeaks, TwoUsers users)
    {
        users.Ada.Script = async (request, socket, stream) =>
        {
            if (!request.Target.Contains("attack", StringComparison.Ordinal))
            {
                return await DieAsync(users.Ada, request, socket, stream, "", resets);
            }

            await stream.WriteAsync(Encoding.Latin1.GetBytes(Accepted));
            var block = new byte[64 * 1024];
            for (var round = 0; round < 20; round++)
            {
                if (clientSpeaks)
                {
                    await stream.ReadExactlyAsync(block);
                }
                else
                {
                    await stream.WriteAsync(block);
                }
            }

            return await DieAsync(users.Ada, request, socket, stream, "", resets);
        };
        using var connection = await users.ConnectAsync();
        await connection.SendAsync(Handshake);
        Assert.StartsWith("HTTP/1.1 101 ", await ReadHeadAsync(connection), StringComparison.Ordinal);
        var speaking = clientSpeaks ? SpeakAsync(connection) : Task.CompletedTask;
        await connection.ReadToEndAsync();
        await Eventually.Within(speaking);
    }

    private static async Task<bool> DieAsync(StrictServer server, StrictMessage request, Socket socket, NetworkStream stream, string speech, bool resets)
    {
        var isAttack = request.Target.Contains("attack", StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(isAttack ? speech : server.AnswerTo(request.Target)));
        if (isAttack && resets)
        {
            // Not through the stream, which would say goodbye first.
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }

        return !isAttack;
    }

    private static async Task<string> ReadHeadAsync(RawConnection connection)
    {
        try
        {
            return await connection.ReadHeadAsync();
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task SpeakAsync(RawConnection connection)
    {
        try
        {
            for (var block = new byte[16 * 1024]; ;)
            {
                await connection.Stream.WriteAsync(block);
            }
        }
        catch (IOException)
        {
            // Cut, as it should be.
        }
    }

    private static async Task EndedAsync(TwoUsers users, int results)
    {
        await Eventually.TrueAsync(() => users.Proxy.Results.Count == results);
        Assert.DoesNotContain(ForwardResult.BadRequest, users.Proxy.Results);
        await Eventually.TrueAsync(() => users.Proxy.DirectConnections == 0);
        users.Ada.Script = null;
        await users.CheckAsync();
    }
}
