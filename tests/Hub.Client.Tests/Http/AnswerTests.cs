using System.Net;
using JupyterHub.Client.Models;
using JupyterHub.Client.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Client.Tests.Http;

/// <summary>What hubs, proxies in front of them and things that are no hub may answer.</summary>
public sealed class AnswerTests
{
    [Fact]
    public async Task A_refusal_tells_what_would_have_sufficed()
    {
        await using var hub = await FakeHub.StartAsync(context =>
        {
            context.Response.Headers["JupyterHub-Required-Scopes"] = "admin:users!user=a%20b, admin:users";
            context.Response.Headers.RetryAfter = "7";
            return FakeHub.Says("""{"status": 403, "message": "no\nway"}""", 403)(context);
        });

        var refusal = await Assert.ThrowsAsync<JupyterHubException>(() => hub.Client().Users.DeleteAsync("ada"));

        Assert.Equal(HttpStatusCode.Forbidden, refusal.Status);
        Assert.Equal("no way", refusal.HubMessage);
        Assert.Equal("The hub answered 403 to DELETE /users/ada: no way", refusal.Message);
        Assert.Equal(["admin:users!user=a b", "admin:users"], refusal.RequiredScopes);
        Assert.Equal(TimeSpan.FromSeconds(7), refusal.RetryAfter);
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("")]
    [InlineData("""{"message": null}""")]
    [InlineData("""{"message": {"deep": 1}}""")]
    [InlineData("[1]")]
    public async Task An_error_without_words_is_an_error_all_the_same(string body)
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Says(body, 502));

        var problem = await Assert.ThrowsAsync<JupyterHubException>(() => hub.Client().Users.GetAsync("ada"));

        Assert.Equal(HttpStatusCode.BadGateway, problem.Status);
        Assert.Null(problem.HubMessage);
    }

    [Fact]
    public async Task A_long_message_is_cut()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Says($$"""{"message": "{{new string('x', 50_000)}}"}""", 500));

        var problem = await Assert.ThrowsAsync<JupyterHubException>(() => hub.Client().Users.GetAsync("ada"));

        Assert.InRange(problem.Message.Length, 1000, 1200);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"name": 1}""")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task What_is_no_user_is_an_error(string body)
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Says(body));

        var problem = await Assert.ThrowsAsync<JupyterHubException>(() => hub.Client().Users.GetAsync("ada"));

        Assert.Null(problem.Status);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await FakeHub.StartAsync(FakeHub.Says("""{"name": "ada"}"""));
        await using var hub = await FakeHub.StartAsync(context =>
        {
            context.Response.Redirect(elsewhere.ApiUrl);
            return Task.CompletedTask;
        });

        var problem = await Assert.ThrowsAsync<JupyterHubException>(() => hub.Client().Users.GetAsync("ada"));

        Assert.Equal(HttpStatusCode.Found, problem.Status);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_not_read()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Says($$"""{"name": "{{new string('x', 5000)}}"}"""));

        var problem = await Assert.ThrowsAsync<JupyterHubException>(() => hub.Client(options => options.MaxResponseBytes = 1000).Users.GetAsync("ada"));

        Assert.Contains("larger", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_is_not_there_is_one_exception_without_the_token()
    {
        var hub = await FakeHub.StartAsync();
        var client = hub.Client();
        await hub.DisposeAsync();

        var problem = await Assert.ThrowsAsync<JupyterHubException>(() => client.GetIdentityAsync());

        Assert.Null(problem.Status);
        Assert.DoesNotContain("the-secret-token", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_says_nothing_is_given_up_but_a_caller_who_leaves_is_not_an_error_of_the_hub()
    {
        await using var hub = await FakeHub.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await Assert.ThrowsAsync<JupyterHubException>(() => hub.Client(options => options.Timeout = TimeSpan.FromMilliseconds(50)).GetIdentityAsync());
        using var gone = new CancellationTokenSource();
        var call = hub.Client().GetIdentityAsync(gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task What_a_hub_leaves_out_or_adds_does_not_matter()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Says(
            """{"name": "ada", "unknown": {"x": 1}, "last_activity": "2024-05-01T10:00:00.123456Z", "servers": {"": {"name": "", "ready": true}}}"""));

        var user = await hub.Client().Users.GetAsync("ada");

        Assert.Null(user.Admin);
        Assert.True(user.Servers![""].Ready);
        Assert.Equal(new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.Zero).AddMicroseconds(123456), user.LastActivity);
    }

    [Fact]
    public async Task A_share_codes_clear_text_is_nowhere_but_in_its_property()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Says("""{"code": "the-code", "id": "sc_1", "accept_url": "/hub/accept-share?code=the-code"}"""));

        var code = await hub.Client().ShareCodes.CreateAsync("ada", "lab", ["access:servers"], TimeSpan.FromHours(1));

        Assert.Equal("the-code", code.Code);
        Assert.DoesNotContain("the-code", code.ToString(), StringComparison.Ordinal);
        Assert.Equal(["POST /hub/api/share-codes/ada/lab"], hub.Requests);
        Assert.IsType<CreatedShareCode>(code);
    }
}
