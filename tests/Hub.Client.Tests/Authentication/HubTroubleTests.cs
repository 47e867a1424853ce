using System.Net;
using JupyterHub.Client.Tests.Fixtures;
using JupyterHub.Testing;

namespace JupyterHub.Client.Tests.Authentication;

/// <summary>Apps whose hub is slow, broken or gone, and how often they ask it.</summary>
public sealed class HubTroubleTests
{
    private const string Ada = """{"kind": "user", "name": "ada", "scopes": ["access:services"], "groups": ["staff"], "session_id": "s1"}""";

    [Theory]
    [InlineData(500, HttpStatusCode.BadGateway)]
    [InlineData(404, HttpStatusCode.BadGateway)]
    [InlineData(302, HttpStatusCode.BadGateway)]
    [InlineData(403, HttpStatusCode.Forbidden)]
    public async Task What_the_hub_answers_decides_what_a_caller_gets(int hubs, HttpStatusCode expected)
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Says("{}", hubs));
        await using var app = await HubApp.StartAsync(hub.ApiUrl);

        Assert.Equal(expected, await GetAsync(app, "me", "token-1"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(app, "open", "token-1"));
    }

    [Fact]
    public async Task A_hub_that_is_gone_is_503_and_is_asked_again_once_it_is_back()
    {
        var hub = await FakeHub.StartAsync(FakeHub.Says(Ada));
        await using var app = await HubApp.StartAsync(hub.ApiUrl);
        hub.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await GetAsync(app, "me", "token-1"));

        hub.Answer = FakeHub.Says(Ada);
        Assert.Equal(HttpStatusCode.OK, await GetAsync(app, "me", "token-1"));

        await hub.DisposeAsync();
        Assert.Equal(HttpStatusCode.OK, await GetAsync(app, "me", "token-1"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await GetAsync(app, "me", "token-2"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"name": "ada", "scopes": "access:services"}""")]
    public async Task An_answer_that_is_no_identity_lets_nobody_in(string body)
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Says(body));
        await using var app = await HubApp.StartAsync(hub.ApiUrl);

        var status = await GetAsync(app, "me", "token-1");

        Assert.True(status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable, $"{status}");
    }

    [Fact]
    public async Task Requests_at_once_share_one_call_and_later_ones_need_none()
    {
        var release = new TaskCompletionSource();
        await using var hub = await FakeHub.StartAsync(async context =>
        {
            await release.Task;
            await FakeHub.Says(Ada)(context);
        });
        await using var app = await HubApp.StartAsync(hub.ApiUrl);

        var calls = Enumerable.Range(0, 20).Select(_ => GetAsync(app, "me", "token-1")).ToList();
        await Eventually.TrueAsync("the hub is asked", () => !hub.Requests.IsEmpty);
        release.SetResult();

        Assert.All(await Task.WhenAll(calls), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(app, "me", "token-1"));
        Assert.Equal(["GET /hub/api/user"], hub.Requests);

        // Another session, as after a sign-out, is asked anew.
        Assert.Equal(HttpStatusCode.OK, await GetAsync(app, "me", "token-1", "another-session"));
        Assert.Equal(2, hub.Requests.Count);
    }

    [Fact]
    public async Task A_caller_who_leaves_takes_nobody_else_along()
    {
        var release = new TaskCompletionSource();
        await using var hub = await FakeHub.StartAsync(async context =>
        {
            await release.Task;
            await FakeHub.Says(Ada)(context);
        });
        await using var app = await HubApp.StartAsync(hub.ApiUrl);
        using var leaving = new CancellationTokenSource();
        var first = GetAsync(app, "me", "token-1", cancellation: leaving.Token);
        await Eventually.TrueAsync("the hub is asked", () => !hub.Requests.IsEmpty);
        var second = GetAsync(app, "me", "token-1");

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        release.SetResult();

        Assert.Equal(HttpStatusCode.OK, await second);
    }

    [Fact]
    public async Task Claims_say_who_it_is()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Says(Ada));
        await using var app = await HubApp.StartAsync(hub.ApiUrl);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("token", "token-1");

        var claims = (await http.GetStringAsync(new Uri(app.Address, "/services/probe/me"))).Split('\n');

        Assert.Equal(
            [
                "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name ada",
                "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier user:ada",
                "jupyterhub:group staff", "jupyterhub:kind user", "jupyterhub:scope access:services", "jupyterhub:session_id s1",
            ],
            claims.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_app_lives_below_its_prefix()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Says(Ada));
        await using var app = await HubApp.StartAsync(hub.ApiUrl);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        async Task<(HttpStatusCode, string)> OpenAsync(string path)
        {
            using var answer = await http.GetAsync(new Uri(app.Address, path));
            return (answer.StatusCode, answer.Headers.Location?.OriginalString ?? await answer.Content.ReadAsStringAsync());
        }

        Assert.Equal((HttpStatusCode.OK, "nobody"), await OpenAsync("/services/probe/open"));
        Assert.Equal((HttpStatusCode.OK, "/services/probe/me"), await OpenAsync("/services/probe/link"));
        Assert.Equal((HttpStatusCode.Redirect, "/services/probe/?x=1"), await OpenAsync("/services/probe?x=1"));
        foreach (var outside in new[] { "/", "/open", "/services/probeX/open", "/services/PROBE/open", "/services/other/open" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync(outside)).Item1);
        }
    }

    [Theory]
    [InlineData("me", HttpStatusCode.Redirect)]
    [InlineData("data", HttpStatusCode.Forbidden)]
    public async Task Endpoints_for_programs_send_nobody_to_sign_in(string path, HttpStatusCode expected)
    {
        await using var hub = await FakeHub.StartAsync();
        await using var app = await HubApp.StartAsync(hub.ApiUrl);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        using var answer = await http.GetAsync(new Uri(app.Address, app.Prefix + path));

        Assert.Equal(expected, answer.StatusCode);
        Assert.Empty(hub.Requests);
    }

    private static async Task<HttpStatusCode> GetAsync(HubApp app, string path, string token, string? session = null, CancellationToken cancellation = default)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Address, app.Prefix + path));
        request.Headers.TryAddWithoutValidation("Authorization", "token " + token);
        if (session is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", $"jupyterhub-session-id={session}");
        }

        using var answer = await http.SendAsync(request, cancellation);
        return answer.StatusCode;
    }
}
