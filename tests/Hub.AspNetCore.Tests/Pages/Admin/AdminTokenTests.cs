using System.Text.RegularExpressions;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Services;
using JupyterHub.Core.Tokens;

namespace JupyterHub.AspNetCore.Tests.Pages.Admin;

/// <summary>Everybody's tokens: what is shown of them, and how they are revoked.</summary>
public sealed partial class AdminTokenTests : IAsyncLifetime
{
    private static readonly DateTime Now = DateTime.UtcNow;

    private HubHost host = null!;
    private HubBrowser browser = null!;

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync();
        browser = await host.SignInAsync("root");
        await AddAsync("ada", "laptop", created: -200, used: -1);
        await AddAsync("ada", "50%_off", created: -100, used: null);
        await AddAsync("grace", "cron", created: -300, used: -100, expires: 10);
        await AddAsync("grace", "fresh", created: -1, used: null, expires: 5);
        await AddAsync("grace", "dead", created: -30, used: -20, expires: -1);
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Theory]
    [InlineData("", "laptop", "cron", "fresh", "50%_off")]
    [InlineData("?sort=last_used", "50%_off", "fresh", "cron", "laptop")]
    [InlineData("?sort=created", "laptop", "50%_off", "cron", "fresh")]
    [InlineData("?sort=-created", "fresh", "cron", "50%_off", "laptop")]
    [InlineData("?sort=expires", "fresh", "cron", "laptop", "50%_off")]
    [InlineData("?sort=-expires", "50%_off", "laptop", "cron", "fresh")]
    [InlineData("?use=never", "fresh", "50%_off")]
    [InlineData("?use=long-ago", "cron", "50%_off")]
    [InlineData("?use=no-expiry", "laptop", "50%_off")]
    [InlineData("?use=never&sort=last_used", "50%_off", "fresh")]
    [InlineData("?owner=GRA", "cron", "fresh")]
    [InlineData("?note=LAP", "laptop")]
    [InlineData("?note=%25_", "50%_off")]
    [InlineData("?note=_a")]
    [InlineData("?owner=a&note=o&use=never", "50%_off")]
    [InlineData("?owner=nobody")]
    [InlineData("?sort=evil&use=evil&page=-3&size=9", "laptop", "cron", "fresh", "50%_off")]
    public async Task It_is_searched_sorted_and_filtered(string query, params string[] notes) =>
        Assert.Equal(notes, NotesOf(await PageAsync("/hub/admin/tokens" + query)));

    [Fact]
    public async Task It_comes_in_pages()
    {
        await host.Database.WriteAsync(
            async (db, token) =>
            {
                for (var index = 0; index < 60; index++)
                {
                    await HubTokens.AddAsync(db, new NewToken { UserId = 1, Scopes = ["inherit"], Note = $"n{index:00}" }, TimeProvider.System, token);
                }

                return 0;
            },
            CancellationToken.None);
        var page = await PageAsync("/hub/admin/tokens?sort=created&size=25&note=n&page=3");
        Assert.Equal(Enumerable.Range(49, 11).Select(index => $"n{index:00}"), NotesOf(page).Where(note => note.StartsWith('n')));
        Assert.Contains("51&#x2013;61 of 61", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_a_token_nor_its_hash_is_shown()
    {
        var value = await host.Data.UserTokenAsync("ada", "read:users!user=ada", "read:servers!user=ada", "tokens!user=ada", "access:servers!user=ada");
        var row = (await host.Data.ListAsync<HubToken>()).Single(token => TokenHash.Verify(value, token.Hashed));
        foreach (var target in new[] { "/hub/admin/tokens", "/hub/admin/users/ada" })
        {
            var page = await PageAsync(target);
            Assert.Contains("tokens!user=ada", page, StringComparison.Ordinal);
            Assert.DoesNotContain(value, page, StringComparison.Ordinal);
            Assert.DoesNotContain(row.Hashed, page, StringComparison.Ordinal);
            Assert.DoesNotContain(row.Hashed.Split(':')[^1][..16], page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_is_revoked_after_a_question_and_at_once()
    {
        var value = await host.Data.UserTokenAsync("ada");
        var id = await IdOfAsync(value);
        using var question = await browser.SubmitAsync($"/hub/admin/tokens/a{id}/revoke", ("back", "/hub/admin/tokens?owner=ada"));
        Assert.Contains("id=\"question\"", await question.TextAsync(), StringComparison.Ordinal);
        await AnswersAsync(value, HttpStatusCode.OK);
        using var revoked = await browser.SubmitAsync($"/hub/admin/tokens/a{id}/revoke", ("confirmed", "yes"), ("back", "/hub/admin/tokens?owner=ada"));
        Assert.Equal("/hub/admin/tokens?owner=ada", revoked.Location());
        await AnswersAsync(value, HttpStatusCode.Forbidden);

        // Somebody else was faster: no error.
        using var again = await browser.SubmitAsync($"/hub/admin/tokens/a{id}/revoke", ("confirmed", "yes"));
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        using var late = await browser.SubmitAsync($"/hub/admin/tokens/a{id}/revoke");
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Fact]
    public async Task A_token_of_a_service_is_seen_and_revoked_by_scopes_for_the_service()
    {
        var value = await host.Data.ServiceTokenAsync("culler", "read:users");
        var id = await IdOfAsync(value);
        await host.Data.GrantAsync("watcher", "admin-ui", "read:tokens!service=culler");
        await host.Data.GrantAsync("keeper", "admin-ui", "tokens!service=culler");
        var watcher = await host.SignInAsync("watcher");
        var page = await PageAsync("/hub/admin/tokens", watcher);
        Assert.Contains("<bdi>culler</bdi>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("formaction", page, StringComparison.Ordinal);
        Assert.DoesNotContain("laptop", page, StringComparison.Ordinal);
        using var refused = await watcher.SubmitAsync($"/hub/admin/tokens/a{id}/revoke", ("confirmed", "yes"));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        await AnswersAsync(value, HttpStatusCode.OK);
        var keeper = await host.SignInAsync("keeper");
        using var revoked = await keeper.SubmitAsync($"/hub/admin/tokens/a{id}/revoke", ("confirmed", "yes"));
        Assert.Equal(HttpStatusCode.SeeOther, revoked.StatusCode);
        await AnswersAsync(value, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_a_client_obtained_is_revoked_together_and_the_question_says_so()
    {
        await host.Data.AddAsync(new OAuthClient { Identifier = "service-forge", Description = "The <b>forge</b>", Secret = "", RedirectUri = "" });
        var ada = (await host.Data.UserAsync("ada")).Id;
        for (var index = 0; index < 3; index++)
        {
            await host.Data.TokenAsync(new NewToken { UserId = ada, ClientId = "service-forge", Scopes = ["identify"], SessionId = $"s{index}" });
        }

        var id = (await host.Data.ListAsync<HubToken>()).First(token => token.ClientId == "service-forge").Id;
        Assert.Contains("The &lt;b&gt;forge&lt;/b&gt;", await PageAsync("/hub/admin/tokens?owner=ada"), StringComparison.Ordinal);
        using var question = await browser.SubmitAsync($"/hub/admin/tokens/a{id}/revoke");
        Assert.Contains("all tokens that it holds", await question.TextAsync(), StringComparison.Ordinal);
        using var revoked = await browser.SubmitAsync($"/hub/admin/tokens/a{id}/revoke", ("confirmed", "yes"));
        Assert.DoesNotContain(await host.Data.ListAsync<HubToken>(), token => token.ClientId == "service-forge");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a")]
    [InlineData("a-1")]
    [InlineData("a99999999999999")]
    [InlineData("1")]
    public async Task What_is_no_id_of_a_token_is_not_found(string id)
    {
        using var answer = await browser.SubmitAsync($"/hub/admin/tokens/{id}/revoke", ("confirmed", "no"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static IReadOnlyList<string> NotesOf(string page) => [.. Notes().Matches(page).Select(match => match.Groups["note"].Value)];

    private async Task AddAsync(string owner, string note, int created, int? used, int? expires = null)
    {
        var user = await host.Data.UserAsync(owner);
        await host.Data.AddAsync(new HubToken
        {
            UserId = user.Id,
            Hashed = TokenHash.Create(TokenValues.NewApiToken()),
            Prefix = "none",
            ClientId = await ClientAsync(),
            Note = note,
            Scopes = ["inherit"],
            Created = Now.AddDays(created),
            LastActivity = used is { } days ? Now.AddDays(days) : null,
            ExpiresAt = expires is { } left ? Now.AddDays(left) : null,
        });
    }

    private async Task<string> ClientAsync()
    {
        if (!(await host.Data.ListAsync<OAuthClient>()).Exists(client => client.Identifier == OAuthClient.HubIdentifier))
        {
            await host.Data.AddAsync(new OAuthClient { Identifier = OAuthClient.HubIdentifier });
        }

        return OAuthClient.HubIdentifier;
    }

    private async Task<int> IdOfAsync(string value) => (await host.Data.ListAsync<HubToken>()).Single(token => TokenHash.Verify(value, token.Hashed)).Id;

    private async Task AnswersAsync(string token, HttpStatusCode status)
    {
        using var answer = await host.SendAsync("GET", "/hub/api/user", token);
        Assert.Equal(status, answer.StatusCode);
    }

    private async Task<string> PageAsync(string target, HubBrowser? visitor = null)
    {
        using var answer = await (visitor ?? browser).GetAsync(target);
        var page = await answer.TextAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{target}: {answer.StatusCode} {page}");
        return page;
    }

    [GeneratedRegex("""<td data-label="Note">\s*<bdi>(?<note>[^<]*)</bdi>""")]
    private static partial Regex Notes();
}
