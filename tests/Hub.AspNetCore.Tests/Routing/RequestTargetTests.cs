using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Tests.Routing;

/// <summary>No spelling of an address reaches another place than the plain one (contract 1.4).</summary>
public sealed class RequestTargetTests(RequestTargetTests.Shared shared) : IClassFixture<RequestTargetTests.Shared>
{
    private HubHost Host => shared.Host;

    [Theory]
    [InlineData("GET /hub/login", 200)]
    [InlineData("GET /HUB/login", 302)]
    [InlineData("GET /hub/LOGIN", 404)]
    [InlineData("GET /hub/login/", 404)]
    [InlineData("GET /hub/login?", 200)]
    [InlineData("GET /hub//login", 404)]
    [InlineData("GET //hub/login", 302)]
    [InlineData("GET /h%75b/login", 404)]
    [InlineData("GET /hub/log%69n", 404)]
    [InlineData("GET /hub%2Flogin", 302)]
    [InlineData("GET /hub/%2e%2e/hub/login", 400)]
    [InlineData("GET /hub/../hub/login", 400)]
    [InlineData("GET /hub/./login", 400)]
    [InlineData("GET /hub/%2E/login", 400)]
    [InlineData("GET /x/../hub/login", 400)]
    [InlineData("GET /hub/%ff", 400)]
    [InlineData("GET /hub/%zz", 400)]
    [InlineData("GET /hub/a%00b", 400)]
    [InlineData("GET /hub/login?x=%ff", 400)]
    [InlineData("GET /hub/login?x=%zz", 200)]
    [InlineData("GET /hub/home\\..\\login", 400)]
    [InlineData("GET /hub", 301)]
    [InlineData("POST /hub", 403)]
    [InlineData("HEAD /hub/login", 405)]
    [InlineData("FOO /hub/login", 403)]
    [InlineData("get /hub/login", 403)]
    [InlineData("GET http://elsewhere.example/hub/login", 200)]
    [InlineData("GET http://elsewhere.example/HUB/login", 302)]
    [InlineData("OPTIONS *", 405)]
    [InlineData("GET *", 405)]
    public async Task Pages(string requestLine, int status)
    {
        var answer = await RawHttp.SendAsync(Host.Url, requestLine + " HTTP/1.1");
        Assert.Equal(status, answer.Status);
        Assert.True(answer.ContentType is "" || answer.ContentType.StartsWith("text/html", StringComparison.Ordinal), answer.ContentType);
    }

    [Theory]
    [InlineData("GET /hub/api", 200)]
    [InlineData("GET /hub/api/", 200)]
    [InlineData("GET /hub/api//", 404)]
    [InlineData("GET /hub/api/user", 200)]
    [InlineData("GET /hub/API/user", 404, "text/html")]
    [InlineData("GET /hub/api/USER", 404)]
    [InlineData("GET /hub/api/user/", 404)]
    [InlineData("GET /hub/api/users/", 404)]
    [InlineData("GET /hub/api/users/ada", 200)]
    [InlineData("GET /hub/api/users/a%64a", 200)]
    [InlineData("GET /hub/api/users/ada/", 404)]
    [InlineData("GET /hub/api/users/ADA", 404)]
    [InlineData("GET /hub/api/users/ada%20", 404)]
    [InlineData("GET /hub/api/users/ada%2F", 404)]
    [InlineData("GET /hub/api/users/ada%252F", 404)]
    [InlineData("GET /hub/api/users/%2e%2e/users/ada", 400)]
    [InlineData("GET /hub/api/users/grace/%2e%2e/ada", 400)]
    [InlineData("GET /hub/api/users/grace/../ada", 400)]
    [InlineData("GET /hub/api/users/%ff", 400)]
    [InlineData("GET /hub/api/users//server/progress", 404)]
    [InlineData("GET /hub/api/users/ada/servers//progress", 400)]
    [InlineData("GET /hub/api/users/ada/server/progress", 400)]
    [InlineData("GET /hub/api/users/ada//server/progress", 404)]
    [InlineData("GET /hub/api/users/ada/servers/%2F/progress", 404)]
    [InlineData("GET /hub/api//users/ada", 404)]
    [InlineData("GET /hub//api/users/ada", 404, "text/html")]
    [InlineData("GET /hub/api/users/ada;x", 404)]
    [InlineData("GET /hub/api/users/ada#x", 400)]
    [InlineData("PATCH /hub/api/user", 405)]
    [InlineData("FOO /hub/api/user", 405)]
    [InlineData("HEAD /hub/api/user", 405)]
    [InlineData("HEAD /hub/api/health", 200, "")]
    [InlineData("HEAD /hub/health", 200, "")]
    [InlineData("OPTIONS /hub/api/user", 200, "")]
    [InlineData("OPTIONS /hub/api/users/ada/server", 200, "")]
    [InlineData("DELETE /hub/api/nothing", 404)]
    public async Task The_api(string requestLine, int status, string type = "application/json")
    {
        var answer = await RawHttp.SendAsync(Host.Url, requestLine + " HTTP/1.1", $"Authorization: token {shared.Ada}");
        Assert.Equal(status, answer.Status);
        Assert.StartsWith(type, answer.ContentType, StringComparison.Ordinal);
        Assert.Single(answer.Headers["X-JupyterHub-Version"]);
        if (status >= 400 && type == "application/json" && !requestLine.StartsWith("HEAD", StringComparison.Ordinal))
        {
            var body = JsonNode.Parse(answer.Body)!;
            Assert.Equal(status, (int)body["status"]!);
            Assert.NotEqual("", (string)body["message"]!);
        }
    }

    [Theory]
    [InlineData("GET /hub/api/nothing", 404)]
    [InlineData("POST /hub/api/nothing", 404)]
    [InlineData("PUT /hub/api/user", 405)]
    [InlineData("GET /hub/api/oauth2/token", 405)]
    public async Task Unknown_paths_and_methods_of_the_api_need_no_credentials(string requestLine, int status)
    {
        var answer = await RawHttp.SendAsync(Host.Url, requestLine + " HTTP/1.1", "Origin: http://evil.example");
        Assert.Equal(status, answer.Status);
        Assert.Equal(status, (int)JsonNode.Parse(answer.Body)!["status"]!);
        Assert.Empty(answer.Headers["Set-Cookie"]);
    }

    /// <summary>Grace's server runs and answers with what it was asked for; ada may not read grace's model, nor does any spelling let her.</summary>
    [Theory]
    [InlineData("/hub/api/users/grace")]
    [InlineData("/hub/api/users/%67race")]
    [InlineData("/hub/api/users/grace?user=ada")]
    [InlineData("/hub/api/users/ada/../grace")]
    [InlineData("/hub/api/users/ada/%2e%2e/grace")]
    [InlineData("/hub/api/users/ada%2F..%2Fgrace")]
    [InlineData("/hub/api/users/ada%252F%252e%252e%252Fgrace")]
    [InlineData("/hub/api/users/ada//grace")]
    [InlineData("/hub/api/users/ada\\..\\grace")]
    [InlineData("/hub/api/users/grace%00")]
    [InlineData("/hub/api/users/GRACE")]
    [InlineData("/hub/api/users/grace%ef%bb%bf")]
    [InlineData("http://x/hub/api/users/grace")]
    public async Task Nobody_reads_anothers_model(string target)
    {
        var answer = await RawHttp.SendAsync(Host.Url, $"GET {target} HTTP/1.1", $"Authorization: token {shared.Ada}");
        Assert.True(answer.Status is 400 or 404, $"{answer.Status}: {answer.Body}");
        Assert.DoesNotContain("\"kind\"", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/user/grace/secret")]
    [InlineData("/user/%67race/secret")]
    [InlineData("/user/ada/../grace/secret")]
    [InlineData("/user/ada/%2e%2e/grace/secret")]
    [InlineData("/user/ada/..%2fgrace/secret")]
    [InlineData("/user/ada%2f..%2fgrace/secret")]
    [InlineData("/user//grace/secret")]
    [InlineData("//user/grace/secret")]
    [InlineData("/USER/grace/secret")]
    [InlineData("/user/GRACE/secret")]
    [InlineData("/user/ada\\..\\grace/secret")]
    [InlineData("http://x/user/grace/secret")]
    [InlineData("/hub/../user/grace/secret")]
    public async Task Nobody_reaches_anothers_server(string target)
    {
        var answer = await RawHttp.SendAsync(Host.Url, $"GET {target} HTTP/1.1", $"Authorization: token {shared.Ada}");
        Assert.NotEqual(200, answer.Status);
        Assert.DoesNotContain("\"method\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_gets_its_path_as_it_was_written()
    {
        const string Target = "/user/grace/a%2Fb/c%252Fd/%20/~x//y?q=%2F&r=a+b";
        var answer = await RawHttp.SendAsync(Host.Url, $"GET {Target} HTTP/1.1", $"Authorization: token {shared.Grace}");
        Assert.Equal(200, answer.Status);
        Assert.Contains($"\"path\": \"{Target}\"", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/hub/")]
    [InlineData("//evil.example/x", "/hub/evil.example/x")]
    [InlineData("///evil.example", "/hub/evil.example")]
    [InlineData("/evil?x=//evil.example", "/hub/evil?x=//evil.example")]
    [InlineData("/user/nobody", "/user/nobody/")]
    [InlineData("/user/nobody?x=1", "/user/nobody/?x=1")]
    [InlineData("/user//evil.example", "/hub/user//evil.example")]
    [InlineData("/services/x/y?z", "/hub/services/x/y?z")]
    [InlineData("http://evil.example/user/nobody", "/user/nobody/")]
    [InlineData("http://evil.example/x", "/hub/x")]
    [InlineData("/hub", "/hub/")]
    [InlineData("/hub?x=1", "/hub/?x=1")]
    public async Task Redirects_stay_on_this_host(string target, string location)
    {
        var answer = await RawHttp.SendAsync(Host.Url, $"GET {target} HTTP/1.1");
        Assert.Equal(location, answer.Location);
    }

    [Theory]
    [InlineData("/lab", "/lab/hub/")]
    [InlineData("/lab/", "/lab/hub/")]
    [InlineData("/lab/x?y=1", "/lab/hub/x?y=1")]
    [InlineData("/", "/lab/hub/")]
    [InlineData("/x?y=1", "/lab/hub/x")]
    [InlineData("/lab/hub", "/lab/hub/")]
    [InlineData("/lab/user/ada", "/lab/user/ada/")]
    [InlineData("/lab/user/ada/x?y=1", "/lab/hub/user/ada/x?y=1")]
    public async Task Redirects_know_the_base_path(string target, string location)
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.BaseUrl = "/lab/");
        var answer = await RawHttp.SendAsync(host.Url, $"GET {target} HTTP/1.1");
        Assert.Equal(location, answer.Location);
    }

    public sealed class Shared : IAsyncLifetime
    {
        internal HubHost Host { get; private set; } = null!;

        internal string Ada { get; private set; } = "";

        internal string Grace { get; private set; } = "";

        public async Task InitializeAsync()
        {
            Host = await HubHost.StartAsync();
            Ada = await Host.Data.UserTokenAsync("ada");
            Grace = await Host.Data.UserTokenAsync("grace");
            await Host.StartServerAsync("grace");
        }

        public Task DisposeAsync() => Host.DisposeAsync().AsTask();
    }
}
