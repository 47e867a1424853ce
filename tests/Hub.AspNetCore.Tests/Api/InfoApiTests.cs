namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>What the hub tells of itself (contract 1.1, 2.1).</summary>
public sealed class InfoApiTests(HubFixture hub) : IClassFixture<HubFixture>
{
    private HubHost Host => hub.Host;

    [Fact]
    public async Task Info_names_the_components()
    {
        var token = await Host.Data.ServiceTokenAsync("curious", "read:hub");
        using var answer = await Host.SendAsync("GET", "/hub/api/info", token);
        var info = await answer.JsonAsync();

        Assert.Equal(["version", "python", "sys_executable", "spawner", "authenticator"], info.Select(member => member.Key));
        Assert.Equal("6.0.0", (string)info["version"]!);
        Assert.StartsWith(".NET ", (string)info["python"]!, StringComparison.Ordinal);
        Assert.Equal("JupyterHub.Spawners.LocalProcess.SimpleSpawner", (string)info["spawner"]!["class"]!);
        Assert.Equal("JupyterHub.Core.Authentication.DummyAuthenticator", (string)info["authenticator"]!["class"]!);
    }

    [Theory]
    [InlineData("GET", "/hub/health")]
    [InlineData("HEAD", "/hub/health")]
    [InlineData("GET", "/hub/api/health")]
    [InlineData("HEAD", "/hub/api/health")]
    public async Task Health_is_told_to_anybody(string method, string target)
    {
        using var answer = await Host.SendAsync(method, target, "no-token");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("", await answer.TextAsync());
        Assert.Equal("6.0.0", answer.Header("X-JupyterHub-Version"));
    }

    [Theory]
    [InlineData("/hub/api/user")]
    [InlineData("/hub/api/")]
    [InlineData("/hub/api/users/ada")]
    [InlineData("/hub/api/proxy")]
    [InlineData("/hub/api/shutdown")]
    [InlineData("/hub/api/openapi.json")]
    public async Task Options_is_answered_on_every_route_and_head_refused(string target)
    {
        using var options = await Host.SendAsync("OPTIONS", target);
        Assert.Equal(HttpStatusCode.OK, options.StatusCode);
        Assert.Equal("", await options.TextAsync());
        Assert.Equal("accept, content-type, authorization", options.Header("Access-Control-Allow-Headers"));

        using var head = await Host.SendAsync("HEAD", target);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, head.StatusCode);
        Assert.Equal("", await head.TextAsync());

        using var unknown = await Host.SendAsync("BREW", target);
        await unknown.ApiErrorAsync(405);
    }

    [Fact]
    public async Task Options_of_nothing_is_not_found()
    {
        using var answer = await Host.SendAsync("OPTIONS", "/hub/api/nothing");
        await answer.ApiErrorAsync(404);
    }

    [Fact]
    public async Task Who_has_an_answer_already_is_not_sent_it_again()
    {
        using var first = await Host.SendAsync("GET", "/hub/api/");
        var tag = first.Header("ETag")!;
        foreach (var (condition, status) in new[]
        {
            (tag, HttpStatusCode.NotModified), ($"\"x\", W/{tag}", HttpStatusCode.NotModified), ("*", HttpStatusCode.NotModified), ("\"x\"", HttpStatusCode.OK),
            (new string('"', 9000), HttpStatusCode.OK),
        })
        {
            using var request = Host.NewRequest("GET", "/hub/api/");
            request.Headers.TryAddWithoutValidation("If-None-Match", condition);
            using var again = await Host.Client.SendAsync(request);
            Assert.Equal(status, again.StatusCode);
            Assert.Equal(tag, again.Header("ETag"));
            Assert.Equal(status == HttpStatusCode.OK, (await again.TextAsync()).Length > 0);
        }
    }

    [Fact]
    public async Task Errors_carry_no_tag()
    {
        using var answer = await Host.SendAsync("GET", "/hub/api/user");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(answer.Header("ETag"));
    }
}
