using JupyterHub.Core.Authentication;
using JupyterHub.Core.OAuth;
using JupyterHub.Core.Tokens;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Tests.OAuth;

public class AuthorizeTests
{
    private const string Quiet = "client_id=service-quiet&redirect_uri=https%3A%2F%2Fquiet.example%2Fcb&response_type=code&state=st";
    private const string Plain = "client_id=service-plain&redirect_uri=%2Fservices%2Fplain%2Foauth_callback&response_type=code&state=st";
    private const string Listed = "client_id=service-listed&redirect_uri=%2Fservices%2Flisted%2Foauth_callback&response_type=code&state=st";
    private const string OwnServer = "client_id=jupyterhub-user-ada&response_type=code";

    [Theory]
    [InlineData("", "Missing client_id parameter.")]
    [InlineData("client_id=", "Missing client_id parameter.")]
    [InlineData("client_id=x", "Invalid client_id parameter value.")]
    [InlineData("client_id=jupyterhub", "Invalid client_id parameter value.")]
    [InlineData("client_id=%00", "Invalid client_id parameter value.")]
    [InlineData("client_id=%zz", "Unable to parse query string")]
    [InlineData("client_id=%ff", "Unable to parse query string")]
    [InlineData("client_id=<x>", "Unable to parse query string")]
    [InlineData("client_id=é", "Unable to parse query string")]
    [InlineData("client_id", "Unable to parse query string")]
    [InlineData("a=b&&c=d", "Unable to parse query string")]
    [InlineData("client_id=a&client_id=b&state=1&state=2", "Duplicate client_id parameter.")]
    [InlineData("state=1&state=2", "Duplicate state parameter.")]
    [InlineData("client_id=service-quiet&redirect_uri=x", "Invalid redirect URI.")]
    [InlineData("client_id=service-quiet&redirect_uri=javascript:alert(1)", "Mismatching redirect URI.")]
    [InlineData("client_id=service-quiet&redirect_uri=https://quiet.example/cb/", "Mismatching redirect URI.")]
    [InlineData("client_id=service-quiet&redirect_uri=https://quiet.example/cb%00", "Invalid redirect URI.")]
    public async Task Without_a_sound_client_and_redirect_nothing_is_sent_anywhere(string query, string message)
    {
        await using var hub = await OAuthHub.OpenAsync();

        Assert.Equal(new AuthorizeResult.Fatal(400, message), await hub.BeginAsync("ada", query));
        Assert.Equal(new AuthorizeResult.Fatal(400, message), await hub.ConsentAsync("ada", query, ""));
    }

    [Theory]
    [InlineData("response_type=none", "error=unsupported_response_type&state=st")]
    [InlineData("response_type=token", "error=unsupported_response_type&state=st")]
    [InlineData("", "error=invalid_request&error_description=Missing+response_type+parameter.&state=st")]
    [InlineData("response_type=code&code_challenge=x&code_challenge_method=S512", "error=invalid_request&error_description=Transform+algorithm+not+supported.&state=st")]
    [InlineData("response_type=code&scope=nope", "error=invalid_scope&state=st")]
    [InlineData("response_type=code&scope=read:users!what=x", "error=invalid_scope&state=st")]
    public async Task Other_errors_go_to_the_client(string rest, string answer)
    {
        await using var hub = await OAuthHub.OpenAsync();

        Assert.Equal(
            new AuthorizeResult.Redirect($"https://quiet.example/cb?{answer}"),
            await hub.BeginAsync("ada", $"client_id=service-quiet&state=st&{rest}".TrimEnd('&')));
    }

    [Fact]
    public async Task The_state_comes_back_as_it_was_however_long_it_is()
    {
        await using var hub = await OAuthHub.OpenAsync();
        var state = new string('ü', 1500) + " +%&=#\r\n\"'<>" + new string('z', 4000);

        var location = Location(await hub.BeginAsync("ada", $"client_id=service-quiet&response_type=code&state={FormEncoding.Encode(state)}"));

        Assert.Equal(state, FormEncoding.DecodeLeniently(location[(location.IndexOf('?', StringComparison.Ordinal) + 1)..]).Single(pair => pair.Key == "state").Value);
        Assert.True(location.All(character => character is > ' ' and < '\u007f'));
    }

    [Fact]
    public async Task An_answer_joins_the_query_of_the_registered_address()
    {
        await using var hub = await OAuthHub.OpenAsync();

        Assert.Matches(@"^https://custom\.example/cb\?a=1&code=[A-Za-z0-9]{30}&state=st$", Location(await hub.BeginAsync("ada", "client_id=service-my-own-id&response_type=code&state=st")));
        Assert.Matches(@"^https://quiet\.example/cb#code=[A-Za-z0-9]{30}&state=st$", Location(await hub.BeginAsync("ada", Quiet + "&response_mode=fragment")));
    }

    [Fact]
    public async Task A_code_keeps_what_the_exchange_needs_for_five_minutes()
    {
        await using var hub = await OAuthHub.OpenAsync();
        var (_, session) = await hub.SessionAsync("ada");

        var code = CodeOf(await hub.BeginAsync("ada", Quiet + "&code_challenge=x"));

        var row = Assert.Single(await CodesAsync(hub));
        Assert.Equal(code, row.Code);
        Assert.Equal((hub.User("ada").Id, session, "service-quiet", "x", "plain"), (row.UserId!.Value, row.SessionId, row.ClientId, row.CodeChallenge, row.CodeChallengeMethod));
        Assert.Equal((int)hub.Hub.Time.GetUtcNow().ToUnixTimeSeconds() + 300, row.ExpiresAt);
        Assert.Equal(["access:services!service=quiet", "read:users:groups!user", "read:users:name!user"], row.Scopes);
    }

    [Fact]
    public async Task Expired_codes_go_with_the_next_one_and_by_purge()
    {
        await using var hub = await OAuthHub.OpenAsync();
        await hub.BeginAsync("ada", Quiet);
        hub.Hub.Time.Advance(TimeSpan.FromSeconds(301));
        await hub.BeginAsync("ada", Quiet);
        Assert.Single(await CodesAsync(hub));

        hub.Hub.Time.Advance(TimeSpan.FromSeconds(301));
        await hub.Hub.Get<AuthorizationCodes>().PurgeAsync(default);

        Assert.Empty(await CodesAsync(hub));
    }

    [Fact]
    public async Task Own_servers_and_trusted_services_ask_nobody()
    {
        await using var hub = await OAuthHub.OpenAsync();

        Assert.IsType<AuthorizeResult.Redirect>(await hub.BeginAsync("ada", OwnServer));
        Assert.IsType<AuthorizeResult.Redirect>(await hub.BeginAsync("grace", Quiet));
        Assert.IsType<AuthorizeResult.Consent>(await hub.BeginAsync("grace", Plain));
        Assert.IsType<AuthorizeResult.Consent>(await hub.BeginAsync("barbara", OwnServer));
    }

    [Fact]
    public async Task Consent_lasts_as_long_as_a_token_that_has_it()
    {
        await using var hub = await OAuthHub.OpenAsync(options => options.OauthTokenExpiresIn = 60);
        var code = CodeOf(await hub.ConsentAsync("grace", Plain, ""));
        Assert.IsType<TokenExchangeResult.Success>(await hub.ExchangeAsync(
            $"grant_type=authorization_code&client_id=service-plain&client_secret=plain-token-0123456789abcdef&code={code}"));

        Assert.IsType<AuthorizeResult.Redirect>(await hub.BeginAsync("grace", Plain));
        Assert.IsType<AuthorizeResult.Consent>(await hub.BeginAsync("barbara", Plain));
        hub.Hub.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.IsType<AuthorizeResult.Consent>(await hub.BeginAsync("grace", Plain));
    }

    [Fact]
    public async Task The_page_says_what_the_client_gets_beyond_knowing_who_it_is()
    {
        await using var hub = await OAuthHub.OpenAsync();

        var identity = Assert.IsType<AuthorizeResult.Consent>(await hub.BeginAsync("grace", Plain)).Request;
        Assert.Empty(identity.DescribedScopes);
        Assert.Equal(("service-plain", "Service plain", "/services/plain/oauth_callback"), (identity.ClientId, identity.ClientDescription, identity.RedirectUri));

        var listed = Assert.IsType<AuthorizeResult.Consent>(await hub.BeginAsync("grace", Listed)).Request;
        Assert.Equal(["read:servers!user", "read:users:name!user=grace", "tokens!user"], listed.DescribedScopes);

        var everything = Assert.IsType<AuthorizeResult.Consent>(await hub.BeginAsync("grace", "client_id=service-wide&response_type=code")).Request;
        Assert.Equal(["inherit"], everything.Scopes);
        Assert.Equal(["inherit"], everything.DescribedScopes);
    }

    [Theory]
    [InlineData(Plain)]
    [InlineData(Listed)]
    [InlineData("client_id=service-wide&response_type=code")]
    public async Task What_the_page_offers_is_what_the_form_may_send(string query)
    {
        await using var hub = await OAuthHub.OpenAsync();
        var offered = Assert.IsType<AuthorizeResult.Consent>(await hub.BeginAsync("grace", query)).Request.Scopes;

        CodeOf(await hub.ConsentAsync("grace", query, "", [.. offered]));

        var scopes = Assert.Single(await CodesAsync(hub)).Scopes;
        Assert.Empty(offered.Except(scopes));
        Assert.Contains("read:users:name!user", scopes);
    }

    [Fact]
    public async Task Consent_to_scopes_that_the_user_does_not_hold_is_refused()
    {
        await using var hub = await OAuthHub.OpenAsync();
        const string Refused = "/services/listed/oauth_callback?error=invalid_scope&state=st";

        Assert.Equal(new AuthorizeResult.Redirect(Refused), await hub.ConsentAsync("grace", Listed, "", "list:users", "read:servers!user"));
        Assert.IsType<AuthorizeResult.Redirect>(await hub.ConsentAsync("barbara", Listed, "", "list:users"));
        Assert.Equal(hub.User("barbara").Id, Assert.Single(await CodesAsync(hub)).UserId);
    }

    [Fact]
    public async Task Consent_is_worth_nothing_when_access_went_meanwhile()
    {
        await using var hub = await OAuthHub.OpenAsync();
        Assert.IsType<AuthorizeResult.Consent>(await hub.BeginAsync("barbara", OwnServer));

        await hub.Hub.Database.WriteAsync((context, token) => context.Shares.ExecuteDeleteAsync(token), default);

        var refused = Assert.IsType<AuthorizeResult.Fatal>(await hub.ConsentAsync("barbara", OwnServer, ""));
        Assert.Equal(new AuthorizeResult.Fatal(403, "You do not have permission to access Server at /user/ada/"), refused);
    }

    [Fact]
    public async Task A_client_of_nothing_is_a_configuration_error()
    {
        await using var hub = await OAuthHub.OpenAsync();
        await hub.Hub.Database.WriteAsync((context, token) => context.Services.Where(service => service.Name == "quiet").ExecuteDeleteAsync(token), default);

        Assert.Equal(new AuthorizeResult.Fatal(500, "OAuth configuration error"), await hub.BeginAsync("ada", Quiet));
    }

    [Fact]
    public async Task After_sign_out_a_request_that_was_under_way_gets_no_code()
    {
        await using var hub = await OAuthHub.OpenAsync();
        var (login, session) = await hub.SessionAsync("ada");
        await hub.Hub.Get<SignOutOperation>().ExecuteAsync(login, session, default);

        Assert.IsType<AuthorizeResult.SignedOut>(await hub.BeginAsync("ada", Quiet));
        Assert.Empty(await CodesAsync(hub));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("&code_challenge=", false)]
    [InlineData("&code_challenge=x", true)]
    public async Task Pkce_can_be_required(string challenge, bool fine)
    {
        await using var hub = await OAuthHub.OpenAsync(options => options.OauthRequirePkce = true);

        Assert.Contains(fine ? "code=" : "error_description=Code+challenge+required.", Location(await hub.BeginAsync("ada", Quiet + challenge)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_challenge_that_does_not_fit_its_column_is_refused()
    {
        await using var hub = await OAuthHub.OpenAsync();

        Assert.Contains("error=invalid_request", Location(await hub.BeginAsync("ada", Quiet + "&code_challenge=" + new string('x', 256))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_name_user_and_client_but_no_code()
    {
        await using var hub = await OAuthHub.OpenAsync();
        var code = CodeOf(await hub.BeginAsync("ada", Quiet));
        await hub.BeginAsync("edsger", OwnServer);

        Assert.Contains(hub.Hub.Logs.Lines, line => line.StartsWith("6104 ", StringComparison.Ordinal) && line.Contains("edsger", StringComparison.Ordinal));
        Assert.DoesNotContain(hub.Hub.Logs.Lines, line => line.Contains(code, StringComparison.Ordinal));
    }

    private static string Location(AuthorizeResult result) => Assert.IsType<AuthorizeResult.Redirect>(result).Location;

    private static string CodeOf(AuthorizeResult result)
    {
        var location = Location(result);
        return FormEncoding.DecodeLeniently(location[(location.IndexOf('?', StringComparison.Ordinal) + 1)..]).Single(pair => pair.Key == "code").Value;
    }

    private static Task<List<OAuthCode>> CodesAsync(OAuthHub hub) =>
        hub.Hub.Database.ReadAsync((context, token) => context.OAuthCodes.ToListAsync(token), default);
}
