namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>A request that a server may have acted on is never sent a second time.</summary>
public class RepeatTests
{
    public static TheoryData<ForwardingPath, string, string, bool> Requests
    {
        get
        {
            var data = new TheoryData<ForwardingPath, string, string, bool>();
            foreach (var path in Enum.GetValues<ForwardingPath>())
            {
                foreach (var (method, rest) in ((string, string)[])[("POST", "Content-Length: 0\r\n\r\n"), ("POST", "\r\n"), ("POST", "Content-Length: 3\r\n\r\nabc"), ("PATCH", "Content-Length: 0\r\n\r\n")])
                {
                    data.Add(path, method, rest, false);
                    data.Add(path, method, rest, true);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task What_may_have_been_done_is_not_done_again(ForwardingPath path, string method, string rest, bool onKeptConnection)
    {
        await using var users = await TwoUsers.OpenAsync(path);
        if (onKeptConnection)
        {
            await users.CheckAsync();
        }

        users.Ada.Script = (_, _, _) => Task.FromResult(false);
        var answer = Assert.Single(await users.SendAsync($"{method} /user/ada/act HTTP/1.1\r\nHost: hub\r\n{rest}", most: 1));
        Assert.Equal(503, answer.Status);
        Assert.Single(users.Ada.Requests, request => request.Target == "/user/ada/act");
    }
}
