using System.Text.Json.Nodes;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Shares;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Tests.Pages;

/// <summary>An invitation by a share code: shown, accepted, counted (contract 9, 11).</summary>
public sealed class AcceptShareTests : IAsyncLifetime
{
    private HubHost host = null!;
    private string owner = "";
    private string code = "";

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.AllowNamedServers = true);
        await host.Data.SpawnerAsync("owner", "lab");
        await host.Data.GrantAsync("owner", "shares!user=owner", "read:servers!user=owner");
        owner = await host.Data.UserTokenAsync("owner");
        code = await MakeCodeAsync("""{"scopes": ["access:servers", "read:servers"]}""");
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task An_invitation_is_shown_accepted_and_counted()
    {
        var guest = await host.SignInAsync("guest");
        using var page = await guest.GetAsync($"/hub/accept-share?code={code}");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var text = await page.TextAsync();
        Assert.Contains("<bdi>owner</bdi>", text, StringComparison.Ordinal);
        Assert.Contains("<bdi>lab</bdi>", text, StringComparison.Ordinal);
        Assert.Contains("<li>Open the server and use everything in it", text, StringComparison.Ordinal);
        Assert.Contains("<li>See whether the server runs", text, StringComparison.Ordinal);
        Assert.Contains("id=\"not-running\"", text, StringComparison.Ordinal);
        Assert.Equal(code, HubBrowser.HiddenField(text, "code"));
        Assert.DoesNotContain("unsafe", page.Header("Content-Security-Policy")!, StringComparison.Ordinal);
        Assert.Equal("strict-origin", page.Header("Referrer-Policy"));
        Assert.Empty(await host.Data.ListAsync<Share>());

        using var accepted = await guest.PostFormAsync("/hub/accept-share", ("_xsrf", HubBrowser.HiddenField(text, "_xsrf")), ("code", HubBrowser.HiddenField(text, "code")));
        Assert.Equal("/user/owner/lab/", accepted.Location());
        var share = Assert.Single(await host.Data.ListAsync<Share>());
        Assert.Equal(["access:servers!server=owner/lab", "read:servers!server=owner/lab"], share.Scopes);
        using var again = await guest.SubmitAsync($"/hub/accept-share?code={code}");
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Single(await host.Data.ListAsync<Share>());
        var stored = Assert.Single(await host.Data.ListAsync<ShareCode>());
        Assert.Equal(2, stored.ExchangeCount);
        Assert.NotNull(stored.LastExchangedAt);
    }

    [Fact]
    public async Task Acceptance_opens_the_server_with_the_next_request_and_leaving_closes_it()
    {
        var start = await host.Get<ServerSupervisor>().StartAsync("owner", "lab", new(UserOptions: new() { ["mode"] = "normal" }), CancellationToken.None);
        await start.Completion;
        var guest = await host.SignInAsync("guest");
        var token = await host.Data.UserTokenAsync("guest");
        using var before = await host.SendAsync("GET", "/user/owner/lab/x", token);
        Assert.Equal(HttpStatusCode.Forbidden, before.StatusCode);
        using var accepted = await guest.SubmitAsync("/hub/accept-share", ("code", code));
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        using var after = await host.SendAsync("GET", "/user/owner/lab/x", token);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        using var page = await guest.GetAsync($"/hub/accept-share?code={code}");
        Assert.DoesNotContain("id=\"not-running\"", await page.TextAsync(), StringComparison.Ordinal);
        using var left = await host.SendAsync("DELETE", "/hub/api/users/guest/shared/owner/lab", token);
        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        using var closed = await host.SendAsync("GET", "/user/owner/lab/x", token);
        Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
    }

    [Theory]
    [InlineData("/hub/home", "/hub/home")]
    [InlineData("/x?a=1&b=2", "/x?a=1&b=2")]
    [InlineData("https://evil.example/", "/user/owner/lab/")]
    [InlineData("//evil.example/", "/user/owner/lab/")]
    [InlineData("javascript:alert(1)", "/user/owner/lab/")]
    public async Task Afterwards_it_goes_where_the_link_says_if_that_is_safe(string next, string location)
    {
        var guest = await host.SignInAsync("guest");
        var query = $"?code={code}&next={Uri.EscapeDataString(next)}";
        using var page = await guest.GetAsync($"/hub/accept-share{query}");
        var text = await page.TextAsync();
        var fields = HubBrowser.HiddenFieldsOf(text).Select(field => (field.Name, field.Value)).ToArray();
        using var accepted = await guest.PostFormAsync("/hub/accept-share", fields);
        Assert.Equal(location, accepted.Location());
    }

    [Fact]
    public async Task GHSA_c4gm_pwx9_9w8j_what_a_link_says_is_not_markup()
    {
        var guest = await host.SignInAsync("guest");
        using var page = await guest.GetAsync($"/hub/accept-share?code={code}&next={Uri.EscapeDataString("/\"><img src=x onerror=alert(1)>")}");
        Assert.DoesNotContain("<img src=x", await page.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_that_are_none_invite_to_nothing()
    {
        var spawner = (await host.Data.ListAsync<HubSpawner>())[0];
        await host.Data.AddAsync(new ShareCode
        {
            Hashed = TokenHash.Create("expired-code"), Prefix = "expi", OwnerId = spawner.UserId, SpawnerId = spawner.Id, ExpiresAt = DateTime.UtcNow.AddMinutes(-1),
            Scopes = ["access:servers!server=owner/lab"],
        });
        var guest = await host.SignInAsync("guest");
        foreach (var bad in new[] { "nope", "expired-code", code + "x", code[..^1], code[..4], "%00", new string('x', 5000) })
        {
            using var shown = await guest.GetAsync($"/hub/accept-share?code={bad}");
            Assert.Equal(HttpStatusCode.NotFound, shown.StatusCode);
            using var accepted = await guest.SubmitAsync("/hub/accept-share", ("code", Uri.UnescapeDataString(bad)));
            Assert.Equal(HttpStatusCode.BadRequest, accepted.StatusCode);
        }

        using var none = await guest.SubmitAsync("/hub/accept-share");
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        Assert.Empty(await host.Data.ListAsync<Share>());
    }

    [Fact]
    public async Task Nobody_accepts_without_meaning_to()
    {
        var guest = await host.SignInAsync("guest");
        using var forged = await guest.PostFormAsync("/hub/accept-share", ("code", code), ("_xsrf", "wrong"));
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        using var absent = await guest.PostFormAsync("/hub/accept-share", ("code", code));
        Assert.Equal(HttpStatusCode.Forbidden, absent.StatusCode);
        using var anonymous = await host.Browser().GetAsync($"/hub/accept-share?code={code}");
        Assert.StartsWith("/hub/login?next=", anonymous.Location(), StringComparison.Ordinal);
        using var token = await host.SendAsync("POST", $"/hub/accept-share?code={code}", await host.Data.UserTokenAsync("guest"));
        Assert.Equal(HttpStatusCode.Forbidden, token.StatusCode);
        Assert.Empty(await host.Data.ListAsync<Share>());
    }

    [Fact]
    public async Task The_owner_is_not_invited()
    {
        var browser = await host.SignInAsync("owner");
        using var shown = await browser.GetAsync($"/hub/accept-share?code={code}");
        Assert.Equal(HttpStatusCode.Forbidden, shown.StatusCode);
        using var accepted = await browser.SubmitAsync("/hub/accept-share", ("code", code));
        Assert.Equal(HttpStatusCode.BadRequest, accepted.StatusCode);
        Assert.Empty(await host.Data.ListAsync<Share>());
        Assert.Equal(0, Assert.Single(await host.Data.ListAsync<ShareCode>()).ExchangeCount);
    }

    [Fact]
    public async Task Every_acceptance_counts_also_of_many_at_once()
    {
        var guest = await host.SignInAsync("guest");
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var answer = await guest.SubmitAsync("/hub/accept-share", ("code", code));
            return answer.StatusCode;
        }));
        Assert.All(answers, status => Assert.Equal(HttpStatusCode.Redirect, status));
        Assert.Equal(50, Assert.Single(await host.Data.ListAsync<ShareCode>()).ExchangeCount);
        Assert.Single(await host.Data.ListAsync<Share>());
    }

    private async Task<string> MakeCodeAsync(string body)
    {
        using var made = await host.SendAsync("POST", "/hub/api/share-codes/owner/lab", owner, Answers.Json(body));
        return (string)((JsonNode)await made.JsonAsync())["code"]!;
    }
}
