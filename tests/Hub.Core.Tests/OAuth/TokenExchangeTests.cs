using JupyterHub.Core.Authentication;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tests.OAuth;

public class TokenExchangeTests
{
    private const string Client = "grant_type=authorization_code&client_id=service-quiet&client_secret=quiet-token-0123456789abcdef";
    private const string Authorize = "client_id=service-quiet&response_type=code&state=st";
    private const string Verifier = "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv";
    private const string S256 = "&code_challenge=7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM&code_challenge_method=S256";

    [Fact]
    public async Task A_code_becomes_one_token_of_this_user_client_and_session()
    {
        await using var hub = await OAuthHub.OpenAsync();
        var code = await CodeAsync(hub);

        var success = Assert.IsType<TokenExchangeResult.Success>(await hub.ExchangeAsync($"{Client}&code={code}"));

        Assert.Matches("^[A-Za-z0-9]{30}$", success.AccessToken);
        Assert.Equal((1209600, "access:services!service=quiet read:users:groups!user read:users:name!user"), (success.ExpiresIn, success.Scope));
        var token = (await new TokenFinder(hub.Hub.Database, hub.Hub.Time).FindAsync(success.AccessToken, default))!;
        Assert.Equal(
            (hub.User("ada").Id, "service-quiet", (await hub.SessionAsync("ada")).SessionId, "", hub.Hub.Time.GetUtcNow().UtcDateTime.AddDays(14)),
            (token.UserId!.Value, token.ClientId, token.SessionId, token.Note, token.ExpiresAt!.Value));
        Assert.StartsWith("sha512:1:", token.Hashed, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(hub));
        Assert.Equal(Failure("invalid_grant"), await hub.ExchangeAsync($"{Client}&code={code}"));
    }

    [Fact]
    public async Task Of_many_exchanges_at_once_exactly_one_wins()
    {
        await using var hub = await OAuthHub.OpenAsync();
        var code = await CodeAsync(hub);

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => hub.ExchangeAsync($"{Client}&code={code}"))));

        Assert.Single(results.OfType<TokenExchangeResult.Success>());
        Assert.All(results.OfType<TokenExchangeResult.Failure>(), failure => Assert.Equal(Failure("invalid_grant"), failure));
        Assert.Equal(1, await hub.Hub.Database.ReadAsync((context, token) => context.Tokens.CountAsync(row => row.ClientId == "service-quiet", token), default));
    }

    // Contract 6.5, row by row and in its order.
    [Theory]
    [InlineData("x=1", Client + "&code={code}", "invalid_request", "URL query parameters are not allowed")]
    [InlineData("", "", "unsupported_grant_type", null)]
    [InlineData("", "{\"grant_type\": \"authorization_code\"}", "unsupported_grant_type", null)]
    [InlineData("", "grant_type=password", "unsupported_grant_type", null)]
    [InlineData("", "grant_type=authorization_code", "invalid_request", "Missing code parameter.")]
    [InlineData("", "grant_type=refresh_token", "invalid_request", "Missing refresh token parameter.")]
    [InlineData("", "grant_type=refresh_token&refresh_token=x", "invalid_client", null)]
    [InlineData("", "grant_type=refresh_token&refresh_token=x&client_id=service-quiet&client_secret=quiet-token-0123456789abcdef", "unauthorized_client", null)]
    [InlineData("", Client + "&code={code}&client_id=service-quiet", "invalid_request", "Duplicate client_id parameter.")]
    [InlineData("", Client + "&code={code}&grant_type=authorization_code", "invalid_request", "Duplicate grant_type parameter.")]
    [InlineData("", Client + "&code={code}&redirect_uri=/x&redirect_uri=/y", "invalid_request", "Duplicate redirect_uri parameter.")]
    [InlineData("", "grant_type=authorization_code&code={code}", "invalid_client", null)]
    [InlineData("", "grant_type=authorization_code&code={code}&client_id=x&client_secret=y", "invalid_client", null)]
    [InlineData("", "grant_type=authorization_code&code={code}&client_id=service-quiet", "invalid_client", null)]
    [InlineData("", "grant_type=authorization_code&code={code}&client_id=service-quiet&client_secret=", "invalid_client", null)]
    [InlineData("", "grant_type=authorization_code&code={code}&client_id=jupyterhub&client_secret=", "invalid_client", null)]
    [InlineData("", "grant_type=authorization_code&code={code}&client_id=service-quiet&client_secret=%00", "invalid_client", null)]
    [InlineData("", Client + "&code=", "invalid_grant", null)]
    [InlineData("", Client + "&code=unknown", "invalid_grant", null)]
    [InlineData("", Client + "&code=%00", "invalid_grant", null)]
    [InlineData("", "grant_type=authorization_code&client_id=service-my-own-id&client_secret=custom-token-0123456789abcdef&code={code}", "invalid_grant", null)]
    [InlineData("", Client + "&code={code}&redirect_uri=", "invalid_request", "Mismatching redirect URI.")]
    [InlineData("", Client + "&code={code}&redirect_uri=/x", "invalid_request", "Mismatching redirect URI.")]
    public async Task Failures_have_their_row_and_use_nothing_up(string query, string form, string error, string? description)
    {
        await using var hub = await OAuthHub.OpenAsync();
        var code = await CodeAsync(hub);

        var failure = Assert.IsType<TokenExchangeResult.Failure>(await hub.ExchangeAsync(form.Replace("{code}", code, StringComparison.Ordinal), query));

        Assert.Equal(Failure(error, description), failure);
        Assert.Equal(error == "invalid_client" ? (401, "Bearer error=\"invalid_client\"") : (400, (string?)null), (failure.Status, failure.Challenge));
        Assert.IsType<TokenExchangeResult.Success>(await hub.ExchangeAsync($"{Client}&code={code}&redirect_uri=https%3A%2F%2Fquiet.example%2Fcb"));
    }

    [Theory]
    [InlineData(S256, "", "invalid_request", "Code verifier required.")]
    [InlineData(S256, "&code_verifier=", "invalid_grant", null)]
    [InlineData(S256, "&code_verifier=7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM", "invalid_grant", null)]
    [InlineData(S256, "&code_verifier=" + Verifier, null, null)]
    [InlineData("&code_challenge=" + Verifier, "", "invalid_request", "Code verifier required.")]
    [InlineData("&code_challenge=" + Verifier, "&code_verifier=x", "invalid_grant", null)]
    [InlineData("&code_challenge=" + Verifier, "&code_verifier=" + Verifier, null, null)]
    [InlineData("", "&code_verifier=anything", null, null)]
    public async Task A_stored_challenge_binds(string challenge, string verifier, string? error, string? description)
    {
        await using var hub = await OAuthHub.OpenAsync();
        var code = await CodeAsync(hub, challenge);

        var result = await hub.ExchangeAsync($"{Client}&code={code}{verifier}");

        Assert.Equal(error is null ? null : Failure(error, description), result as TokenExchangeResult.Failure);
    }

    [Theory]
    [InlineData("", "invalid_request", "Code verifier required.")]
    [InlineData("&code_verifier=x", "invalid_grant", "Challenge not found")]
    public async Task Where_pkce_is_required_a_code_without_challenge_is_worth_nothing(string verifier, string error, string description)
    {
        await using var hub = await OAuthHub.OpenAsync();
        var code = await CodeAsync(hub);
        hub.Hub.Get<Core.Configuration.JupyterHubOptions>().OauthRequirePkce = true;

        Assert.Equal(Failure(error, description), await hub.ExchangeAsync($"{Client}&code={code}{verifier}"));
    }

    [Fact]
    public async Task A_code_lasts_five_minutes()
    {
        await using var hub = await OAuthHub.OpenAsync();
        var (first, second) = (await CodeAsync(hub), await CodeAsync(hub));
        hub.Hub.Time.Advance(TimeSpan.FromSeconds(300));
        Assert.IsType<TokenExchangeResult.Success>(await hub.ExchangeAsync($"{Client}&code={first}"));

        hub.Hub.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Failure("invalid_grant"), await hub.ExchangeAsync($"{Client}&code={second}"));
    }

    [Fact]
    public async Task Sign_out_takes_codes_and_tokens_of_the_session_along()
    {
        await using var hub = await OAuthHub.OpenAsync();
        var (code, used) = (await CodeAsync(hub), await CodeAsync(hub));
        var token = Assert.IsType<TokenExchangeResult.Success>(await hub.ExchangeAsync($"{Client}&code={used}")).AccessToken;
        var (login, session) = await hub.SessionAsync("ada");

        await hub.Hub.Get<SignOutOperation>().ExecuteAsync(login, session, default);

        Assert.Equal(Failure("invalid_grant"), await hub.ExchangeAsync($"{Client}&code={code}"));
        Assert.Null(await new TokenFinder(hub.Hub.Database, hub.Hub.Time).FindAsync(token, default));
    }

    [Fact]
    public async Task Scopes_that_the_user_no_longer_holds_are_not_given()
    {
        await using var hub = await OAuthHub.OpenAsync();
        var code = await CodeAsync(hub);
        await hub.Hub.Database.WriteAsync((context, token) => context.UserGroups.ExecuteDeleteAsync(token), default);

        Assert.Equal(Failure("invalid_grant"), await hub.ExchangeAsync($"{Client}&code={code}"));
        Assert.Equal(1, await CountAsync(hub));
    }

    [Fact]
    public async Task Somebody_without_any_role_still_signs_in_where_access_is_given()
    {
        await using var hub = await OAuthHub.OpenAsync();
        await hub.Hub.Database.WriteAsync((context, token) => context.UserRoles.ExecuteDeleteAsync(token), default);
        var code = await CodeAsync(hub);

        Assert.IsType<TokenExchangeResult.Success>(await hub.ExchangeAsync($"{Client}&code={code}"));
    }

    [Fact]
    public async Task A_secret_of_a_megabyte_is_not_hashed_and_nothing_secret_is_logged()
    {
        await using var hub = await OAuthHub.OpenAsync();
        var code = await CodeAsync(hub);

        Assert.Equal(Failure("invalid_client"), await hub.ExchangeAsync($"grant_type=authorization_code&client_id=service-quiet&client_secret={new string('x', 60_000)}&code={code}"));
        var success = Assert.IsType<TokenExchangeResult.Success>(await hub.ExchangeAsync($"{Client}&code={code}"));
        Assert.Equal(Failure("unsupported_grant_type"), await hub.ExchangeAsync(Client + new string('x', 1_000_000)));

        Assert.DoesNotContain(success.AccessToken, success.ToString(), StringComparison.Ordinal);
        Assert.All(hub.Hub.Logs.Lines, line =>
        {
            Assert.DoesNotContain(success.AccessToken, line, StringComparison.Ordinal);
            Assert.DoesNotContain(code, line, StringComparison.Ordinal);
            Assert.DoesNotContain("quiet-token", line, StringComparison.Ordinal);
        });
    }

    private static TokenExchangeResult.Failure Failure(string error, string? description = null) => new(error, description);

    private static async Task<string> CodeAsync(OAuthHub hub, string rest = "")
    {
        var location = Assert.IsType<AuthorizeResult.Redirect>(await hub.BeginAsync("ada", Authorize + rest)).Location;
        return FormEncoding.DecodeLeniently(location[(location.IndexOf('?', StringComparison.Ordinal) + 1)..]).Single(pair => pair.Key == "code").Value;
    }

    private static Task<int> CountAsync(OAuthHub hub) => hub.Hub.Database.ReadAsync((context, token) => context.OAuthCodes.CountAsync(token), default);
}
