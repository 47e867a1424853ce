using JupyterHub.Core.OAuth;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Servers besides the default one (contract 2.5 and 10).</summary>
public sealed class NamedServersApiTests(NamedServersFixture fixture) : IClassFixture<NamedServersFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task A_server_is_made_and_changed_started_stopped_and_removed()
    {
        var token = await Host.Data.UserTokenAsync("maker");
        using var made = await SendAsync("PUT", "maker", "lab", token, """{"display_name": "My  Lab"}""");
        Assert.Equal("Invalid display_name: 'My  Lab'", await made.ApiErrorAsync(400));
        using var right = await SendAsync("PUT", "maker", "lab", token, """{"display_name": "e\u0301cole", "user_options": {"mode": "normal"}}""");
        Assert.Equal(HttpStatusCode.Created, right.StatusCode);
        var model = await right.JsonAsync();
        Assert.Equal(("école", "maker/lab", "/user/maker/lab/", true), ((string)model["display_name"]!, (string)model["full_name"]!, (string)model["url"]!, (bool)model["stopped"]!));

        using var started = await SendAsync("POST", "maker", "lab", token);
        Assert.Equal(HttpStatusCode.Created, started.StatusCode);
        using var seen = await Host.SendAsync("GET", "/user/maker/lab/env", token);
        var environment = await seen.JsonAsync();
        Assert.Equal(
            ("lab", "/user/maker/lab/", "jupyterhub-user-maker-lab", "/user/maker/lab/oauth_callback"),
            ((string)environment["JUPYTERHUB_SERVER_NAME"]!, (string)environment["JUPYTERHUB_SERVICE_PREFIX"]!, (string)environment["JUPYTERHUB_CLIENT_ID"]!, (string)environment["JUPYTERHUB_OAUTH_CALLBACK_URL"]!));
        Assert.Contains(await Host.Data.ListAsync<HubToken>(), row => row.Note == "Server at /user/maker/lab/");

        // What a named server reports is its own activity.
        var secret = (string)environment["JUPYTERHUB_API_TOKEN"]!;
        using var reported = await Host.SendAsync("POST", "/hub/api/users/maker/activity", secret, Answers.Json($$$$"""{"servers": {"lab": {"last_activity": "{{{{DateTime.UtcNow:yyyy-MM-dd'T'HH:mm:ss'Z'}}}}"}}}"""));
        Assert.Equal(HttpStatusCode.OK, reported.StatusCode);
        using var active = await SendAsync("PATCH", "maker", "lab", token, """{"name": "bench"}""");
        Assert.Equal("maker:lab is active. Please stop it before modifying it.", await active.ApiErrorAsync(400));
        using var removed = await SendAsync("DELETE", "maker", "lab", token, """{"remove": true}""");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var gone = await SendAsync("GET", "maker", "lab", token);
        Assert.Equal("maker has no server named 'lab'", await gone.ApiErrorAsync(404));
        Assert.DoesNotContain(await Host.Data.ListAsync<OAuthClient>(), client => client.Identifier == "jupyterhub-user-maker-lab");
        using var dead = await Host.SendAsync("GET", "/hub/api/user", secret);
        Assert.Equal(HttpStatusCode.Forbidden, dead.StatusCode);
    }

    [Theory]
    [InlineData("PUT", "Bad_Name", "{}", 400, "Invalid server_name: 'Bad_Name'")]
    [InlineData("POST", "Bad_Name", "{}", 400, "Invalid server_name: 'Bad_Name'")]
    [InlineData("POST", "a%2Fb", "{}", 400, "Invalid server_name: 'a/b'")]
    [InlineData("POST", "..%2F..", "{}", 400, "Invalid server_name: '../..'")]
    [InlineData("PUT", "", "{}", 409, "User wrong already has a default server")]
    [InlineData("PUT", "there", "[]", 409, "User wrong already has server 'there'")]
    [InlineData("PUT", "new", "[]", 400, "Body must be a JSON object")]
    [InlineData("PUT", "new", """{"display_name": null}""", 400, "display_name must be a string")]
    [InlineData("PUT", "new", """{"display_name": "\ud83d"}""", 400, "Invalid JSON in body of request")]
    [InlineData("POST", "there", """{"display_name": " x"}""", 400, "Invalid display_name: ' x'")]
    [InlineData("PATCH", "there", "{}", 400, "Must specify at least one field to modify.")]
    [InlineData("PATCH", "there", "", 400, "Must specify at least one field to modify.")]
    [InlineData("PATCH", "there", """{"nmae": "x"}""", 400, "Unexpected fields: nmae, supported fields: name, display_name, user_options")]
    [InlineData("PATCH", "there", """{"name": 5}""", 400, "name must be a string")]
    [InlineData("PATCH", "there", """{"name": "bench", "user_options": 5}""", 400, "user_options must be an object")]
    [InlineData("PATCH", "there", """{"name": "bench", "display_name": []}""", 400, "display_name must be a string")]
    [InlineData("PATCH", "there", """{"name": "Bench"}""", 400, "Invalid server_name: 'Bench'")]
    [InlineData("PATCH", "there", """{"name": "there"}""", 409, "User wrong already has server 'there'")]
    [InlineData("PATCH", "there", """{"name": ""}""", 409, "User wrong already has a default server")]
    [InlineData("PATCH", "missing", """{"display_name": "x"}""", 404, "wrong has no server named 'missing'")]
    [InlineData("PATCH", "", """{"display_name": "x"}""", 400, "Invalid display_name: the default server has none")]
    [InlineData("DELETE", "missing", "", 404, "wrong has no server named 'missing'")]
    [InlineData("DELETE", "there", """{"remove": 1}""", 400, "remove must be true or false")]
    [InlineData("DELETE", "", """{"remove": true}""", 400, "Cannot delete the default server")]
    [InlineData("GET", "there/progress", "", 400, "wrong:there is not starting...")]
    [InlineData("GET", "missing/progress", "", 404, "wrong has no server named 'missing'")]
    [InlineData("GET", "/progress", "", 400, "wrong is not starting...")]
    public async Task What_cannot_be_is_refused_and_changes_nothing(string method, string server, string body, int status, string complaint)
    {
        var token = await Host.Data.UserTokenAsync("wrong");
        using var there = await SendAsync("PUT", "wrong", "there", token);
        using var answer = await SendAsync(method, "wrong", server, token, body);
        Assert.Equal(complaint, await answer.ApiErrorAsync(status));
        Assert.Equal(["there"], await NamesAsync("wrong"));
        using var unknown = await SendAsync(method, "nobody", server, await Host.Data.UserTokenAsync("root"), body);
        await unknown.ApiErrorAsync(404);
    }

    [Fact]
    public async Task A_name_without_end_is_not_told_back()
    {
        var token = await Host.Data.UserTokenAsync("endless");
        using var answer = await SendAsync("POST", "endless", new string('x', 5000), token);
        Assert.InRange((await answer.ApiErrorAsync(400)).Length, 1, 200);
    }

    [Fact]
    public async Task Of_a_hundred_that_make_the_same_server_one_does()
    {
        var token = await Host.Data.UserTokenAsync("crowd");
        var statuses = await CrowdAsync(_ => SendAsync("PUT", "crowd", "lab", token));
        Assert.Equal([(HttpStatusCode.Created, 1), (HttpStatusCode.Conflict, 99)], Count(statuses));
        Assert.Equal(["lab"], await NamesAsync("crowd"));
    }

    [Fact]
    public async Task Of_a_hundred_that_start_and_remove_the_same_server_none_gets_an_error_and_nothing_is_left()
    {
        var token = await Host.Data.UserTokenAsync("churn");
        var statuses = await CrowdAsync(number => number % 2 == 0
            ? SendAsync("POST", "churn", "lab", token)
            : SendAsync("DELETE", "churn", "lab", token, """{"remove": true}"""));
        HttpStatusCode[] expected = [HttpStatusCode.Created, HttpStatusCode.Accepted, HttpStatusCode.NoContent, HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.Conflict];
        Assert.All(statuses, status => Assert.Contains(status, expected));
        using var last = await SendAsync("DELETE", "churn", "lab", token, """{"remove": true}""");
        await Eventually.TrueAsync(() => !Host.Get<ServerSupervisor>().GetStatus("churn", "lab").IsActive);
        using var after = await SendAsync("DELETE", "churn", "lab", token, """{"remove": true}""");
        Assert.Empty(await NamesAsync("churn"));
        Assert.DoesNotContain(await Host.Data.ListAsync<HubToken>(), row => row.Note == "Server at /user/churn/lab/");
        using var route = await Host.SendAsync("GET", "/user/churn/lab/api", token);
        Assert.Equal(HttpStatusCode.Redirect, route.StatusCode);
    }

    [Fact]
    public async Task A_start_that_is_refused_for_now_leaves_no_server_behind()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub =>
        {
            hub.AllowNamedServers = true;
            hub.ActiveServerLimit = 1;
        });
        var token = await host.Data.UserTokenAsync("limited");
        await host.StartServerAsync("limited");
        using var refused = await host.SendAsync("POST", "/hub/api/users/limited/servers/lab", token);
        await refused.ApiErrorAsync(429);
        Assert.Equal([""], (await host.Data.ListAsync<HubSpawner>()).Select(row => row.Name));

        // What is wrong with the name is said first.
        using var wrong = await host.SendAsync("POST", "/hub/api/users/limited/servers/Lab", token);
        await wrong.ApiErrorAsync(400);
    }

    [Fact]
    public async Task Without_named_servers_there_is_only_the_default_one()
    {
        await using var host = await HubHost.StartAsync();
        var token = await host.Data.UserTokenAsync("plain");
        foreach (var (method, body) in new[] { ("PUT", "{}"), ("POST", "{}"), ("PATCH", """{"name": "x"}"""), ("DELETE", "{}") })
        {
            using var answer = await host.SendAsync(method, "/hub/api/users/plain/servers/lab", token, Answers.Json(body));
            Assert.Equal("Named servers are not enabled.", await answer.ApiErrorAsync(400));
        }
    }

    [Fact]
    public async Task Pages_and_addresses_know_named_servers()
    {
        var browser = await Host.SignInAsync("visitor");
        var token = await Host.Data.UserTokenAsync("visitor");
        using var made = await SendAsync("PUT", "visitor", "lab", token);
        using var stopped = await browser.GetAsync("/hub/user/visitor/lab/tree", ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.FailedDependency, stopped.StatusCode);
        Assert.Contains("/hub/spawn/visitor/lab?next=", await stopped.TextAsync(), StringComparison.Ordinal);
        using var json = await browser.GetAsync("/hub/user/visitor/lab/api/contents");
        Assert.Contains("/hub/spawn/visitor/lab", (string)(await json.JsonAsync())["message"]!, StringComparison.Ordinal);

        using var started = await browser.GetAsync("/hub/spawn/visitor/lab?display_name=My%20Lab&next=/user/visitor/lab/x");
        Assert.Equal("/hub/spawn-pending/visitor/lab?next=%2Fuser%2Fvisitor%2Flab%2Fx", started.Location());
        await Eventually.TrueAsync(() => Host.Get<ServerSupervisor>().GetStatus("visitor", "lab").IsReady);
        using var pending = await browser.GetAsync(started.Location()!);
        Assert.Equal("/user/visitor/lab/x", pending.Location());
        using var back = await browser.GetAsync("/hub/user/visitor/lab/y");
        Assert.Equal("/user/visitor/lab/y?redirects=1", back.Location());
        using var shown = await SendAsync("GET", "visitor", "lab", token);
        Assert.Equal("My Lab", (string)(await shown.JsonAsync())["display_name"]!);
        using var redirect = await browser.GetAsync("/hub/user-redirect/a/b?c=1");
        Assert.Equal("/hub/spawn/visitor/lab?next=%2Fuser%2Fvisitor%2Flab%2Fa%2Fb%3Fc%3D1", redirect.Location());
        using var stop = await browser.SubmitAsync("/hub/stop/visitor/lab");
        Assert.Equal(HttpStatusCode.Redirect, stop.StatusCode);
        await Eventually.TrueAsync(() => !Host.Get<ServerSupervisor>().GetStatus("visitor", "lab").IsActive);
        using var unknown = await browser.GetAsync("/hub/spawn-pending/visitor/nope");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private Task<HttpResponseMessage> SendAsync(string method, string user, string server, string token, string? body = null) =>
        Host.SendAsync(method, $"/hub/api/users/{user}/servers/{server}", token, body is null ? null : Answers.Json(body));

    private async Task<IEnumerable<string>> NamesAsync(string user)
    {
        var id = (await Host.Data.UserAsync(user)).Id;
        return (await Host.Data.ListAsync<HubSpawner>()).Where(row => row.UserId == id && row.Name.Length > 0).Select(row => row.Name);
    }

    private static async Task<HttpStatusCode[]> CrowdAsync(Func<int, Task<HttpResponseMessage>> ask) => await Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
    {
        using var answer = await ask(number);
        return answer.StatusCode;
    })).WaitAsync(Eventually.Deadline);

    private static IEnumerable<(HttpStatusCode Status, int Count)> Count(IEnumerable<HttpStatusCode> statuses) =>
        statuses.GroupBy(status => status).OrderBy(group => group.Key).Select(group => (group.Key, group.Count()));
}
