using JupyterHub.Proxy.Tests.Differential;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>The corpus of smuggling, and tricks with paths and hosts, against the stand-alone proxy as a process.</summary>
public sealed class HubProxyAttackTests(HubProxyProcess proxy) : IClassFixture<HubProxyProcess>
{
    public static TheoryData<string> Attacks => [.. RequestAttacks.All.Select(attack => attack.Name)];

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task An_attack_on_one_route_never_reaches_another(string name)
    {
        await using var users = await TwoUsers.OpenAsync(proxy.Plain);
        await RequestAttackTests.PlayAsync(RequestAttacks.All.Single(attack => attack.Name == name), users);
        await proxy.CheckAsync(users);
    }

    /// <summary>Who is asked is decided by the very bytes that the server gets, or nobody is asked.</summary>
    [Theory]
    [InlineData("/user/ada/../eve/x", "hub", 400)]
    [InlineData("/user/ada/%2e%2e/eve/x", "hub", 400)]
    [InlineData("/user/ada/.%2E/eve/x", "hub", 400)]
    [InlineData("/user/ada/..%2feve/x", "hub", 404)]
    [InlineData("/user/ada/..%5ceve/x", "hub", 200)]
    [InlineData("/user/ada%2f..%2feve/x", "hub", 404)]
    [InlineData("/user/ada%2Fx", "hub", 200)]
    [InlineData("/user%2Feve%2Fx", "hub", 200)]
    [InlineData("//user/eve/x", "hub", 404)]
    [InlineData("/user//eve/x", "hub", 404)]
    [InlineData("/./user/eve/x", "hub", 400)]
    [InlineData("/user/eve;x/y", "hub", 404)]
    [InlineData("/user/EVE/x", "hub", 404)]
    [InlineData("/user/%65ve/x", "hub", 200)]
    [InlineData("/user/%2565ve/x", "hub", 404)]
    [InlineData("/user/ev\u00e9/x", "hub", 400)]
    [InlineData("/user/eve%00/x", "hub", 400)]
    [InlineData("/user/eve%c0%afx", "hub", 400)]
    [InlineData("/user/ada/#/../../eve/x", "hub", 400)]
    [InlineData("/user/ada\\..\\eve\\x", "hub", 400)]
    [InlineData("/user/ada/x?/../../eve/", "hub", 200)]
    [InlineData("http://eve/user/ada/x", "hub", 400)]
    [InlineData("http://hub/user/ada/x", "hub", 200)]
    [InlineData("http://ada@hub/user/ada/x", "hub", 400)]
    [InlineData("http://hub", "hub", 404)]
    [InlineData("https://hub/user/ada/x", "hub", 200)]
    [InlineData("ftp://hub/user/ada/x", "hub", 400)]
    [InlineData("//hub/user/ada/x", "hub", 404)]
    [InlineData("user/ada/x", "hub", 400)]
    [InlineData("*", "hub", 405)]
    [InlineData("hub:80", "hub", 405)]
    [InlineData("/user/ada/x", "hub, eve", 400)]
    [InlineData("/user/ada/x", "hub/user/eve", 400)]
    [InlineData("/user/ada/x", "hub#eve", 400)]
    [InlineData("/user/ada/x", "eve@hub", 400)]
    [InlineData("/user/ada/x", "hub:80:81", 400)]
    [InlineData("/user/ada/x", "", 200)]
    [InlineData("/user/ada/x", "eve", 200)]
    public async Task A_path_or_host_with_two_meanings_reaches_nobody_but_its_one_server(string target, string host, int status)
    {
        await using var users = await TwoUsers.OpenAsync(proxy.Plain);
        await CheckAsync(users, target, host, status);
        await proxy.CheckAsync(users);
    }

    [Theory]
    [InlineData("/x", "ada.hub", 200)]
    [InlineData("/x", "ADA.hub:8000", 200)]
    [InlineData("/x", "eve.hub", 200)]
    [InlineData("/x", "hub", 404)]
    [InlineData("/ada.hub/x", "hub", 404)]
    [InlineData("/../eve.hub/x", "ada.hub", 400)]
    [InlineData("/x", "ada.hub.eve.hub", 404)]
    [InlineData("/x", "ada.hub/", 400)]
    [InlineData("/x", "ada.hub%2f", 400)]
    [InlineData("/x", "eve.hub@ada.hub", 400)]
    [InlineData("/x", "ada.hub, eve.hub", 400)]
    [InlineData("/x", "ada.hub.", 404)]
    [InlineData("/x", "", 404)]
    [InlineData("http://ada.hub/x", "ada.hub", 200)]
    [InlineData("http://eve.hub/x", "ada.hub", 400)]
    [InlineData("http://ada.hub:80/x", "ada.hub", 200)]
    public async Task With_routing_by_host_only_the_one_host_counts(string target, string host, int status)
    {
        await using var ada = new StrictServer("ada");
        await using var eve = new StrictServer("eve");
        await proxy.Hosts.SetRoutesAsync([("/ada.hub", $$"""{"target":"{{ada.Url.OriginalString}}"}"""), ("/eve.hub", $$"""{"target":"{{eve.Url.OriginalString}}"}""")]);
        var url = new Uri($"http://127.0.0.1:{proxy.Hosts.PortOf(ProxyPort.Public)}");
        using var connection = await Tests.Hosts.RawConnection.OpenAsync(url);

        var answer = Assert.Single(await TwoUsers.SendAsync(connection, $"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));

        Assert.Equal(status, answer.Status);
        var reached = host.StartsWith("eve", StringComparison.Ordinal) ? eve : ada;
        Assert.Equal(status == 200 ? [reached.Name] : [], new[] { ada, eve }.SelectMany(server => server.Requests.Select(_ => server.Name)));
    }

    private static async Task CheckAsync(TwoUsers users, string target, string host, int status)
    {
        var answer = Assert.Single(await users.SendAsync($"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        Assert.Equal(status, answer.Status);
        var reached = users.Ada.Requests.Select(request => ("ada", request.Target)).Concat(users.Eve.Requests.Select(request => ("eve", request.Target))).ToArray();
        Assert.Equal(status == 200 ? 1 : 0, reached.Length);
        foreach (var (name, got) in reached)
        {
            Assert.Equal(target.StartsWith('/') ? target : new Uri(target).AbsolutePath, got);
            Assert.StartsWith($"/user/{name}/", Uri.UnescapeDataString(got), StringComparison.Ordinal);
            Assert.Equal($"{name} {got}", answer.Body.ToString());
        }
    }
}
