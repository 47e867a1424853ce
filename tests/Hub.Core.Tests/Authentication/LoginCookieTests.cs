using JupyterHub.Core.Authentication;
using JupyterHub.Core.Data;
using JupyterHub.Core.Tokens;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tests.Authentication;

public class LoginCookieTests
{
    [Fact]
    public async Task Signs_a_user_in_for_fourteen_days()
    {
        await using var hub = await TestHub.OpenAsync();
        var ada = await hub.AddUserAsync("ada");
        var (login, cookie) = await hub.SignInAsync(ada);

        Assert.Equal(ada.Id, login.User.Id);
        hub.Time.Advance(TimeSpan.FromDays(14));
        Assert.NotNull(await hub.Get<LoginCookie>().AuthenticateAsync(cookie, default));
        hub.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await hub.Get<LoginCookie>().AuthenticateAsync(cookie, default));
    }

    [Fact]
    public async Task A_cookie_of_the_original_signs_in()
    {
        await using var hub = await TestHub.OpenAsync();
        await hub.AddUserAsync("ada");
        await hub.Database.WriteAsync(
            (context, token) => context.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.CookieId, "0123456789abcdef0123456789abcdef"), token), default);
        var recorded = SignedValueVectors.Root.GetProperty("signed")[0];
        hub.Time.Advance(DateTimeOffset.FromUnixTimeSeconds(recorded.GetProperty("time").GetInt64()) - hub.Time.GetUtcNow() + TimeSpan.FromDays(400));
        var younger = SignedValue.Create(SignedValueVectors.Secret, LoginCookie.Name, recorded.Text("value"), hub.Time.GetUtcNow().ToUnixTimeSeconds());

        Assert.Equal("ada", (await hub.Get<LoginCookie>().AuthenticateAsync(younger, default))?.User.Name);
        Assert.Null(await hub.Get<LoginCookie>().AuthenticateAsync(recorded.Text("signed"), default));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("2|1:0|10:1735732800|20:jupyterhub-hub-login|4:YWRh|0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Anything_else_does_not(string? cookie)
    {
        await using var hub = await TestHub.OpenAsync();

        Assert.Null(await hub.Get<LoginCookie>().AuthenticateAsync(cookie, default));
    }

    [Fact]
    public async Task A_signed_value_of_another_name_does_not()
    {
        await using var hub = await TestHub.OpenAsync();
        var ada = await hub.AddUserAsync("ada");
        var other = SignedValue.Create(SignedValueVectors.Secret, XsrfTokens.Name, ada.CookieId, hub.Time.GetUtcNow().ToUnixTimeSeconds());

        Assert.Null(await hub.Get<LoginCookie>().AuthenticateAsync(other, default));
    }

    [Fact]
    public async Task A_blocked_user_is_out_although_the_cookie_is_good()
    {
        await using var hub = await TestHub.OpenAsync(new AuthenticatorOptions { AllowAll = true, BlockedUsers = ["ADA"] });
        var ada = await hub.AddUserAsync("ada");
        var cookie = hub.Get<LoginCookie>().Issue(ada.CookieId);

        Assert.Null(await hub.Get<LoginCookie>().AuthenticateAsync(cookie, default));
    }

    [Fact]
    public async Task A_new_cookie_id_signs_out_everywhere()
    {
        await using var hub = await TestHub.OpenAsync();
        var (_, cookie) = await hub.SignInAsync(await hub.AddUserAsync("ada"));
        await hub.Database.WriteAsync(
            (context, token) => context.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.CookieId, SessionId.Create()), token), default);

        Assert.Null(await hub.Get<LoginCookie>().AuthenticateAsync(cookie, default));
    }

    [Fact]
    public async Task Signing_out_of_one_browser_leaves_the_other_although_both_signed_in_within_one_second()
    {
        await using var hub = await TestHub.OpenAsync();
        var ada = await hub.AddUserAsync("ada");
        var (first, firstCookie) = await hub.SignInAsync(ada);
        var (_, secondCookie) = await hub.SignInAsync(ada);

        await hub.Get<SignOutOperation>().ExecuteAsync(first, SessionId.Create(), default);

        Assert.Null(await hub.Get<LoginCookie>().AuthenticateAsync(firstCookie, default));
        Assert.NotNull(await hub.Get<LoginCookie>().AuthenticateAsync(secondCookie, default));
    }

    [Fact]
    public async Task The_original_reads_a_cookie_whose_mark_tells_it_from_others_of_its_second()
    {
        await using var hub = await TestHub.OpenAsync();
        var ada = await hub.AddUserAsync("ada");
        hub.Time.Advance(DateTimeOffset.UtcNow - hub.Time.GetUtcNow());
        var cookies = Enumerable.Range(0, 50).Select(_ => hub.Get<LoginCookie>().Issue(ada.CookieId)).ToList();

        Assert.Equal(50, cookies.Distinct().Count());
        Assert.Single(cookies.Select(cookie => cookie.Split('|')[2]).Distinct());
        Assert.All(await Tornado.DecodeAsync(SignedValueVectors.Secret, LoginCookie.Name, cookies), read => Assert.Equal(ada.CookieId, read));
    }

    [Fact]
    public async Task A_revoked_value_is_never_issued_again()
    {
        await using var hub = await TestHub.OpenAsync();
        var ada = await hub.AddUserAsync("ada");
        var revoked = SignedValue.Create(SignedValueVectors.Secret, LoginCookie.Name, ada.CookieId, hub.Time.GetUtcNow().ToUnixTimeSeconds());
        await hub.Get<SignOutOperation>().ExecuteAsync((await hub.Get<LoginCookie>().AuthenticateAsync(revoked, default))!, null, default);

        var (_, cookie) = await hub.SignInAsync(ada);

        Assert.NotEqual(revoked, cookie);
        Assert.NotNull(await hub.Get<LoginCookie>().AuthenticateAsync(cookie, default));
    }

    [Fact]
    public async Task Sign_out_takes_the_tokens_and_codes_of_this_session_and_user_only()
    {
        await using var hub = await TestHub.OpenAsync();
        var (ada, grace) = (await hub.AddUserAsync("ada"), await hub.AddUserAsync("grace"));
        var (here, elsewhere) = (SessionId.Create(), SessionId.Create());
        await hub.Database.WriteAsync(
            async (context, token) =>
            {
                await HubTokens.AddHubClientAsync(context, token);
                foreach (var (user, session) in new[] { (ada, here), (ada, elsewhere), (grace, here), (ada, null) })
                {
                    await HubTokens.AddAsync(context, new NewToken { UserId = user.Id, SessionId = session, Scopes = [] }, hub.Time, token);
                }

                context.OAuthCodes.Add(new() { Code = "here", UserId = ada.Id, SessionId = here, ExpiresAt = int.MaxValue });
                context.OAuthCodes.Add(new() { Code = "elsewhere", UserId = ada.Id, SessionId = elsewhere, ExpiresAt = int.MaxValue });
            },
            default);
        var (login, _) = await hub.SignInAsync(ada);

        Assert.Equal(1, await hub.Get<SignOutOperation>().ExecuteAsync(login, here, default));

        var left = await hub.Database.ReadAsync(
            async (context, token) => (await context.Tokens.CountAsync(token), await context.OAuthCodes.Select(code => code.Code).ToListAsync(token)), default);
        Assert.Equal(3, left.Item1);
        Assert.Equal(["elsewhere"], left.Item2);
    }

    [Fact]
    public async Task Ghsa_cw7p_q79f_m2v7_many_tabs_sign_out_at_once_and_requests_do_not_bring_the_login_back()
    {
        await using var hub = await TestHub.OpenAsync();
        var (login, cookie) = await hub.SignInAsync(await hub.AddUserAsync("ada"));
        var session = SessionId.Create();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(index => index % 2 == 0
            ? hub.Get<SignOutOperation>().ExecuteAsync(login, session, default)
            : (Task)hub.Get<LoginCookie>().AuthenticateAsync(cookie, default)));

        Assert.Null(await hub.Get<LoginCookie>().AuthenticateAsync(cookie, default));
        Assert.Equal(1, await CountRevokedAsync(hub));
    }

    [Fact]
    public async Task Revocations_are_forgotten_when_the_cookie_has_died_by_itself_and_not_before()
    {
        await using var hub = await TestHub.OpenAsync();
        var ada = await hub.AddUserAsync("ada");
        await hub.Get<SignOutOperation>().ExecuteAsync((await hub.SignInAsync(ada)).Login, null, default);
        hub.Time.Advance(TimeSpan.FromDays(14));
        await hub.Get<SignOutOperation>().ExecuteAsync((await hub.SignInAsync(ada)).Login, null, default);
        Assert.Equal(2, await CountRevokedAsync(hub));

        hub.Time.Advance(TimeSpan.FromSeconds(1));
        await hub.Get<SignOutOperation>().ExecuteAsync((await hub.SignInAsync(ada)).Login, null, default);

        Assert.Equal(2, await CountRevokedAsync(hub));
    }

    private static Task<int> CountRevokedAsync(TestHub hub) => hub.Database.ReadAsync((context, token) => context.RevokedLogins.CountAsync(token), default);
}
