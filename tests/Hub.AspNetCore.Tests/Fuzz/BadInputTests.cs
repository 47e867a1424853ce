using System.Net.Sockets;
using System.Text;
using JupyterHub.AspNetCore.Routing;

namespace JupyterHub.AspNetCore.Tests.Fuzz;

/// <summary>Bad input that needs a socket of its own, or every endpoint.</summary>
public sealed class BadInputTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private static readonly string[] WithBody =
    [
        "POST /hub/api/users", "POST /hub/api/users/ada", "PATCH /hub/api/users/ada", "POST /hub/api/users/ada/activity", "POST /hub/api/users/ada/tokens",
        "POST /hub/api/users/ada/server", "DELETE /hub/api/users/ada/server", "PUT /hub/api/users/ada/servers/new", "POST /hub/api/groups", "POST /hub/api/groups/g",
        "POST /hub/api/groups/g/users", "DELETE /hub/api/groups/g/users", "PUT /hub/api/groups/g/properties", "POST /hub/api/services/s", "POST /hub/api/roles", "POST /hub/api/roles/some-role",
        "POST /hub/api/roles/preview", "POST /hub/api/authorize/explain", "POST /hub/api/shares/ada/lab", "POST /hub/api/share-codes/ada/lab", "PATCH /hub/api/proxy", "POST /hub/api/shutdown",
    ];

    private HubHost Host => fixture.Host;

    public static TheoryData<string, string> Bodies()
    {
        var bodies = new TheoryData<string, string>();
        foreach (var target in WithBody)
        {
            bodies.Add(target, "Content-Length: 1073741824");
            bodies.Add(target, "Content-Length: 1048577");
            bodies.Add(target, "Transfer-Encoding: chunked");
        }

        return bodies;
    }

    /// <summary>A gigabyte is announced, or a byte too many, or it never ends: the refusal comes before more is sent than the limit and what is on its way.</summary>
    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_over_the_limit_is_refused_before_it_is_read(string target, string framing)
    {
        await PrepareAsync();
        var token = await Host.Data.UserTokenAsync("root");
        using var client = new TcpClient();
        await client.ConnectAsync(Host.Url.Host, Host.Url.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{target} HTTP/1.1\r\nHost: hub\r\nAuthorization: token {token}\r\n{framing}\r\n\r\n"));
        await TryWriteAsync(stream, Encoding.ASCII.GetBytes("400\r\n" + new string(' ', 1024) + "\r\n"));
        var answering = ReadAsync(stream, "\"message\":\"");
        var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string(' ', 65_536) + "\r\n");
        for (var sent = 0; framing.Contains("chunked", StringComparison.Ordinal) && sent < 64 && !answering.IsCompleted; sent++)
        {
            await TryWriteAsync(stream, chunk);
        }

        var answer = await Eventually.Within(answering);
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"status\":413", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_path_answers_HEAD_and_OPTIONS()
    {
        await PrepareAsync();
        var token = await Host.Data.UserTokenAsync("root");
        var table = Host.Get<HubRouteTable>();
        foreach (var pattern in table.Routes.Select(route => route.Pattern).Distinct())
        {
            var isApi = (pattern + "/").StartsWith("api/", StringComparison.Ordinal);
            var hasHead = table.Routes.Any(route => route.Pattern == pattern && route.Method == "HEAD");

            // There is no file of that name, which HEAD tells as GET does.
            var isFile = pattern is "static/{*name}" or "custom/{name}";
            var target = "/hub/" + string.Join('/', pattern.Split('/').Select(part => part.StartsWith('{') ? "ada" : part));
            foreach (var credentials in new[] { null, token })
            {
                using var options = await Host.SendAsync("OPTIONS", target, credentials);
                Assert.True(options.StatusCode == (isApi ? HttpStatusCode.OK : HttpStatusCode.MethodNotAllowed), $"OPTIONS {target}: {(int)options.StatusCode}");
                Assert.True(!isApi || (await options.TextAsync()).Length == 0, $"OPTIONS {target} has a body");
                using var head = await Host.SendAsync("HEAD", target, credentials);
                Assert.True(head.StatusCode == (!hasHead ? HttpStatusCode.MethodNotAllowed : isFile ? HttpStatusCode.NotFound : HttpStatusCode.OK), $"HEAD {target}: {(int)head.StatusCode}");
                Assert.Equal("", await head.TextAsync());
            }
        }
    }

    /// <summary>Ten megabytes of name: in a path the platform refuses them, in a body the limit does.</summary>
    [Fact]
    public async Task A_name_of_ten_megabytes_is_refused()
    {
        var token = await Host.Data.UserTokenAsync("root");
        var name = new string('n', 10 * 1024 * 1024);
        foreach (var (method, target, body) in new[]
        {
            ("POST", "users", $$"""{"usernames": ["{{name}}"]}"""), ("POST", "users/new", $$"""{"name": "{{name}}"}"""), ("PATCH", "users/ada", $$"""{"name": "{{name}}"}"""),
            ("POST", "groups", $$"""{"groups": ["{{name}}"]}"""), ("POST", "roles", $$"""{"name": "{{name}}"}"""), ("PUT", "users/ada/servers/new", $$"""{"display_name": "{{name}}"}"""),
            ("POST", "users/ada/tokens", $$"""{"note": "{{name}}"}"""), ("POST", "services/s", $$"""{"{{name}}": 1}"""),
        })
        {
            using var answer = await Host.SendAsync(method, $"/hub/api/{target}", token, Answers.Json(body));
            await answer.ApiErrorAsync(413);
        }

        // The platform stops reading at its limit; its answer may be lost with the rest of the request.
        using var client = new TcpClient();
        await client.ConnectAsync(Host.Url.Host, Host.Url.Port);
        await using var stream = client.GetStream();
        var writing = TryWriteAsync(stream, Encoding.ASCII.GetBytes($"GET /hub/api/users/{name} HTTP/1.1\r\nHost: hub\r\n\r\n"));
        try
        {
            Assert.StartsWith("HTTP/1.1 414 ", await Eventually.Within(ReadAsync(stream, "\r\n\r\n")), StringComparison.Ordinal);
        }
        catch (IOException)
        {
            await writing;
        }

        using var after = await Host.SendAsync("GET", "/hub/api/user", token);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    /// <summary>As much as fits into a request line or a body, and no less unwelcome: refused in words that do not repeat it.</summary>
    [Theory]
    [InlineData("POST users/{0}", "{}")]
    [InlineData("POST groups/{0}", "{}")]
    [InlineData("POST roles/{0}", "{}")]
    [InlineData("POST services/{0}", "{\"display\": false}")]
    [InlineData("PUT users/ada/servers/{0}", "{}")]
    [InlineData("POST users", "{\"usernames\": [\"{1}\"]}")]
    [InlineData("PATCH users/ada", "{\"name\": \"{1}\"}")]
    [InlineData("POST groups", "{\"groups\": [\"{1}\"]}")]
    [InlineData("POST groups/g/users", "{\"users\": [\"{1}\"]}")]
    [InlineData("POST roles", "{\"name\": \"{1}\"}")]
    [InlineData("POST roles/some-role", "{\"scopes\": [\"{1}\"]}")]
    [InlineData("POST users/ada/tokens", "{\"scopes\": [\"{1}\"]}")]
    [InlineData("POST users/ada/tokens", "{\"roles\": [\"{1}\"]}")]
    [InlineData("POST users/ada/tokens", "{\"note\": \"{1}\"}")]
    [InlineData("POST users/ada/activity", "{\"last_activity\": \"{1}\"}")]
    [InlineData("POST shares/ada/lab", "{\"user\": \"{1}\"}")]
    [InlineData("POST shares/ada/lab", "{\"user\": \"root\", \"scopes\": [\"{1}\"]}")]
    [InlineData("POST authorize/explain", "{\"user\": \"{1}\", \"scope\": \"read:users\"}")]
    [InlineData("POST authorize/explain", "{\"scope\": \"{1}\"}")]
    [InlineData("POST roles/preview", "{\"action\": \"delete\", \"role\": \"{1}\"}")]
    [InlineData("POST services/s", "{\"oauth_client_id\": \"{1}\"}")]
    public async Task A_name_that_fits_is_refused_in_few_words(string request, string body)
    {
        await PrepareAsync();
        var token = await Host.Data.UserTokenAsync("root");
        var target = request.Split(' ')[1].Replace("{0}", new string('n', 7_000), StringComparison.Ordinal);
        using var answer = await Host.SendAsync(request.Split(' ')[0], $"/hub/api/{target}", token, Answers.Json(body.Replace("{1}", new string('n', 1_000_000), StringComparison.Ordinal)));
        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.InRange((await answer.ApiErrorAsync((int)answer.StatusCode)).Length, 1, 300);
    }

    private static async Task<string> ReadAsync(NetworkStream stream, string end)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        for (int read; !text.ToString().Contains(end, StringComparison.Ordinal) && (read = await stream.ReadAsync(buffer)) > 0;)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    private static async Task TryWriteAsync(NetworkStream stream, byte[] bytes)
    {
        try
        {
            await stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // The hub has said what there was to say.
        }
    }

    private async Task PrepareAsync()
    {
        var token = await Host.Data.UserTokenAsync("root");
        await Host.Data.UserAsync("ada");
        using var group = await Host.SendAsync("POST", "/hub/api/groups/g", token);
        if (!(await Host.Data.ListAsync<Core.Servers.HubSpawner>()).Any(spawner => spawner.Name == "lab"))
        {
            await Host.Data.SpawnerAsync("ada", "lab");
        }
    }
}
