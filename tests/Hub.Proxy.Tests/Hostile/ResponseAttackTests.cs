using System.Net.Sockets;
using System.Text;
using JupyterHub.Proxy.Tests.Hosts;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Whatever one user's server answers, nobody else hears of it, and whoever asks next gets what is theirs.</summary>
public class ResponseAttackTests
{
    private const string Whole = "0123456789abcdef";

    public static TheoryData<ForwardingPath, string> Attacks
    {
        get
        {
            var data = new TheoryData<ForwardingPath, string>();
            foreach (var path in Enum.GetValues<ForwardingPath>())
            {
                foreach (var attack in ResponseAttacks.All)
                {
                    data.Add(path, attack.Name);
                }
            }

            return data;
        }
    }

    public static TheoryData<ForwardingPath, string, bool> Deaths
    {
        get
        {
            var data = new TheoryData<ForwardingPath, string, bool>();
            foreach (var path in Enum.GetValues<ForwardingPath>())
            {
                foreach (var framing in (string[])["length", "chunked", "closed"])
                {
                    data.Add(path, framing, false);
                    data.Add(path, framing, true);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_hostile_answer_is_nobody_elses(ForwardingPath path, string name)
    {
        await using var users = await TwoUsers.OpenAsync(path);
        await PlayAsync(ResponseAttacks.All.Single(attack => attack.Name == name), users);
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task A_server_that_dies_at_any_byte_is_never_taken_for_one_that_has_answered(ForwardingPath path, string framing, bool resets)
    {
        await using var users = await TwoUsers.OpenAsync(path);
        await DieAnywhereAsync(framing, resets, users);
    }

    [Theory]
    [InlineData(ForwardingPath.Yarp)]
    [InlineData(ForwardingPath.Direct)]
    public async Task What_a_server_says_unasked_stays_on_its_own_route(ForwardingPath path)
    {
        await using var users = await TwoUsers.OpenAsync(path);
        await SpeakUnaskedAsync(users);
    }

    /// <summary>Gives one hostile answer, and looks at what everybody gets.</summary>
    internal static async Task PlayAsync(ResponseAttack attack, TwoUsers users)
    {
        users.Ada.Script = (request, _, stream) => AnswerAsync(users.Ada, request, stream, attack);
        using var connection = await users.ConnectAsync();
        var responses = await TwoUsers.SendAsync(connection, "GET /user/ada/attack HTTP/1.1\r\nHost: hub\r\n\r\nGET /user/eve/after HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        await users.CheckAsync();

        if (attack.Passes is { } body)
        {
            Assert.Equal([body, "eve /user/eve/after"], responses.Select(response => response.Body.ToString()));
        }
        else if (responses.Count > 1)
        {
            // Whoever comes next on the connection gets the answer to what was asked.
            Assert.True(responses[0].IsComplete);
            Assert.Equal("eve /user/eve/after", Assert.Single(responses.Skip(1)).Body.ToString());
        }
    }

    /// <summary>Cuts one answer after each of its bytes.</summary>
    internal static async Task DieAnywhereAsync(string framing, bool resets, TwoUsers users)
    {
        var answer = AnswerOf(framing);
        for (var length = 0; length < answer.Length; length++)
        {
            var sent = answer[..length];
            users.Ada.Script = async (request, socket, stream) =>
            {
                if (!request.Target.Contains("attack", StringComparison.Ordinal))
                {
                    await stream.WriteAsync(Encoding.Latin1.GetBytes(users.Ada.AnswerTo(request.Target)));
                    return true;
                }

                await stream.WriteAsync(Encoding.Latin1.GetBytes(sent));
                if (resets)
                {
                    // Not through the stream, which would say goodbye first.
                    socket.LingerState = new LingerOption(true, 0);
                    socket.Close();
                }

                return false;
            };
            var response = (await users.SendAsync("GET /user/ada/attack HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n", most: 1)).SingleOrDefault();

            // What ends with its connection ends well when it is closed in order, but for the head.
            var isWhole = response is { IsComplete: true, Status: 200 };
            Assert.False(isWhole && (framing != "closed" || resets), $"after {length} bytes: {response?.Body}");
            Assert.True(!isWhole || response!.Body.ToString() == sent[(answer.Length - Whole.Length)..], $"after {length} bytes: {response?.Body}");
        }

        await users.CheckAsync();
    }

    /// <summary>Puts a second answer behind each.</summary>
    internal static async Task SpeakUnaskedAsync(TwoUsers users)
    {
        // Whether it comes before the next request or after is chance, so that a server can mislead its own user; nobody else.
        users.Ada.Script = async (request, _, stream) =>
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(users.Ada.AnswerTo(request.Target)));
            await stream.WriteAsync(Encoding.Latin1.GetBytes(ResponseAttack.Second));
            return true;
        };
        using var connection = await users.ConnectAsync();
        for (var round = 0; round < 50; round++)
        {
            Assert.Single(await users.SendAsync($"GET /user/ada/{round} HTTP/1.1\r\nHost: hub\r\n\r\n", most: 1));
            var answer = Assert.Single(await TwoUsers.SendAsync(connection, $"GET /user/eve/{round} HTTP/1.1\r\nHost: hub\r\n\r\n", most: 1));
            Assert.Equal($"eve /user/eve/{round}", answer.Body.ToString());
        }
    }

    private static async Task<bool> AnswerAsync(StrictServer server, StrictMessage request, NetworkStream stream, ResponseAttack attack)
    {
        var isAttack = request.Target.Contains("attack", StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(isAttack ? attack.Bytes : server.AnswerTo(request.Target)));
        return !isAttack || attack.StaysOpen;
    }

    private static string AnswerOf(string framing) => framing switch
    {
        "length" => $"HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: {Whole.Length}\r\n\r\n{Whole}",
        "chunked" => $"HTTP/1.1 200 OK\r\nX: y\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{Whole[..8]}\r\n8\r\n{Whole[8..]}\r\n0\r\n\r\n",
        _ => $"HTTP/1.1 200 OK\r\nX: y\r\nConnection: close\r\n\r\n{Whole}",
    };
}
