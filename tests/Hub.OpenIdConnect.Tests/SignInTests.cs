using System.Text.Json.Nodes;
using JupyterHub.Core.Authentication.AuthState;
using JupyterHub.Core.Authentication.Identities;
using JupyterHub.OpenIdConnect.Tests.Fixtures;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.OpenIdConnect.Tests;

/// <summary>People who sign in by a provider that behaves.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task Somebody_signs_in_and_goes_where_they_wanted_to()
    {
        var logs = new CapturedLogs();
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider, configure: setup => setup.Logs = logs);
        var browser = host.Browser();

        using var answer = await browser.SignInByAsync(next: "/hub/home?a=b");

        Assert.Equal("/hub/home?a=b", answer.Location());
        Assert.Equal("ada", await browser.WhoAsync());
        using var home = await browser.GetAsync("/hub/home");
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        using var self = await browser.GetAsync("/hub/api/user");
        var info = (await self.JsonAsync())["user_info"]!;
        Assert.Equal(("Ada Lovelace", "https://pictures.example/ada.png"), ((string?)info["name"], (string?)info["avatar_url"]));
        var identity = Assert.Single(await host.Data.ListAsync<ExternalIdentity>());
        Assert.Equal((provider.Issuer, "1001"), (identity.Issuer, identity.Subject));
        Assert.DoesNotContain(browser.CookieNames, name => name.StartsWith("jupyterhub-login-", StringComparison.Ordinal));
        Assert.Contains(logs.Lines, line => line.EventId == 6040 && line.Text.Contains("ada", StringComparison.Ordinal));
        foreach (var secret in provider.Secrets)
        {
            Assert.DoesNotContain(logs.Lines, line => line.Category.StartsWith("JupyterHub", StringComparison.Ordinal) && line.Text.Contains(secret, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(logs.Lines, line => line.Text.Contains(FakeProvider.ClientSecret, StringComparison.Ordinal) || line.Text.Contains(Uri.EscapeDataString(FakeProvider.ClientSecret), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_provider_is_asked_with_state_nonce_and_PKCE()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider, login => login.AuthorizationParameters["prompt"] = "select_account");
        using var start = await host.Browser().GetAsync("/hub/login/fake?next=/hub/home");
        var query = QueryHelpers.ParseQuery(new Uri(start.Location()!).Query);

        Assert.Equal($"{host.Url}hub/login/fake/callback", query["redirect_uri"]);
        Assert.Equal(
            "code the-hub openid profile email S256 select_account",
            string.Join(' ', new[] { "response_type", "client_id", "scope", "code_challenge_method", "prompt" }.Select(name => query[name].ToString())));
        Assert.InRange(query["nonce"].ToString().Length, 40, 60);
        Assert.InRange(query["code_challenge"].ToString().Length, 43, 43);
        Assert.DoesNotContain("home", query["state"].ToString(), StringComparison.Ordinal);
        var cookie = Assert.Single(SetCookie.Of(start), cookie => cookie.Name.StartsWith("jupyterhub-login-fake-", StringComparison.Ordinal));
        Assert.Equal(("/hub/login", true, false, "lax"), (cookie.Path, cookie.IsHttpOnly, cookie.IsSecure, cookie.SameSite));
        using var again = await host.Browser().GetAsync("/hub/login/fake?next=/hub/home");
        Assert.NotEqual(query["nonce"], QueryHelpers.ParseQuery(new Uri(again.Location()!).Query)["nonce"]);
    }

    [Fact]
    public async Task The_query_that_came_back_goes_nowhere_else()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider);
        using var answer = await host.Browser().SignInByAsync();
        Assert.Equal("/hub/spawn", answer.Location());
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task The_next_page_is_on_this_host(string next)
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider);
        using var answer = await host.Browser().SignInByAsync(next: next);
        Assert.StartsWith("/", answer.Location(), StringComparison.Ordinal);
        Assert.DoesNotContain("//", answer.Location(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_session_is_one_that_nobody_could_have_planted_and_ends_the_one_before()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider);
        var browser = host.Browser();
        browser.SetCookie("jupyterhub-session-id", new string('a', 32), "/");
        using var first = await browser.SignInByAsync();
        Assert.NotEqual(new string('a', 32), browser.Cookie("jupyterhub-session-id"));
        var before = browser.Copy();

        // A second sign-in is under way in another tab while the first one ends.
        var other = host.Browser();
        provider.Person = new JsonObject { ["sub"] = "1002", ["preferred_username"] = "grace" };
        var back = await other.VisitProviderAsync();
        var correlation = other.CookieNames.Single(name => name.StartsWith("jupyterhub-login-fake-", StringComparison.Ordinal));
        browser.SetCookie(correlation, other.Cookie(correlation)!, "/hub/login");
        using var second = await browser.GetAsync(back);
        Assert.Equal("grace", await browser.WhoAsync());
        Assert.Null(await before.WhoAsync());
    }

    [Fact]
    public async Task A_name_that_changes_at_the_provider_changes_nobody_here()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider);
        using var first = await host.Browser().SignInByAsync();
        provider.Person["preferred_username"] = "countess";
        var browser = host.Browser();
        using var second = await browser.SignInByAsync();
        Assert.Equal("ada", await browser.WhoAsync());

        // Whoever gets the name that became free there is somebody else.
        provider.Person = new JsonObject { ["sub"] = "2002", ["preferred_username"] = "ada" };
        var impostor = host.Browser();
        using var refused = await impostor.SignInByAsync();
        Assert.Contains("belongs to somebody else here", await impostor.AssertRefusedAsync(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rename_here_keeps_the_identity()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider);
        using var first = await host.Browser().SignInByAsync();
        var token = await host.Data.ServiceTokenAsync("admin", "admin:users");
        using var renamed = await host.SendAsync("PATCH", "/hub/api/users/ada", token, Answers.Json("""{"name": "lovelace"}"""));
        Assert.Equal(HttpStatusCode.OK, renamed.StatusCode);
        var browser = host.Browser();
        using var second = await browser.SignInByAsync();
        Assert.Equal("lovelace", await browser.WhoAsync());
    }

    [Fact]
    public async Task Without_a_name_somebody_known_enters_and_somebody_new_does_not()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider);
        using var first = await host.Browser().SignInByAsync();
        provider.Person.Remove("preferred_username");
        var known = host.Browser();
        using var again = await known.SignInByAsync();
        Assert.Equal("ada", await known.WhoAsync());
        provider.Person["sub"] = "9";
        var stranger = host.Browser();
        using var refused = await stranger.SignInByAsync();
        Assert.Contains("gave no name", await stranger.AssertRefusedAsync(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_and_claims_decide_who_enters_and_who_administers()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(
            provider,
            login =>
            {
                (login.AdminClaim, login.AllowedClaim) = ("realm_access.roles", "department");
                login.AdminValues.Add("hub-admin");
                login.AllowedValues.Add("physics");
                login.UseUserInfo = true;
            },
            setup =>
            {
                setup.Settings["Authenticator:AllowAll"] = "false";
                setup.Settings["Authenticator:AllowedUsers:0"] = "ada";
                setup.Settings["Authenticator:BlockedUsers:0"] = "mallory";
            });
        var ada = host.Browser();
        using var entered = await ada.SignInByAsync();
        Assert.Equal("ada", await ada.WhoAsync());
        Assert.True((await host.Data.UserAsync("ada")).Admin);

        provider.Person = new JsonObject { ["sub"] = "2", ["preferred_username"] = "grace" };
        var grace = host.Browser();
        using var refused = await grace.SignInByAsync();
        Assert.Contains("not on the list", await grace.AssertRefusedAsync(refused), StringComparison.Ordinal);
        provider.Person["department"] = "physics";
        using var allowed = await grace.SignInByAsync();
        Assert.Equal("grace", await grace.WhoAsync());

        provider.Person = new JsonObject { ["sub"] = "3", ["preferred_username"] = "Mallory", ["department"] = "physics" };
        var mallory = host.Browser();
        using var blocked = await mallory.SignInByAsync();
        await mallory.AssertRefusedAsync(blocked);
    }

    [Fact]
    public async Task The_application_has_the_last_word()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider, login => login.Adjust = (principal, user) =>
            principal.HasClaim("name", "Ada Lovelace") ? user with { Name = $"{user.Name}@example.org" } : null);
        var ada = host.Browser();
        using var entered = await ada.SignInByAsync();
        Assert.Equal("ada@example.org", await ada.WhoAsync());
        provider.Person["name"] = "Somebody else";
        var other = host.Browser();
        using var refused = await other.SignInByAsync();
        await other.AssertRefusedAsync(refused);
    }

    [Fact]
    public async Task Tokens_are_kept_encrypted_where_that_is_wanted()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider, configure: setup =>
        {
            setup.Settings["Authenticator:EnableAuthState"] = "true";
            setup.Settings["CryptKey"] = new string('a', 64);
        });
        using var entered = await host.Browser().SignInByAsync();
        var state = await host.Get<AuthStates>().ReadAsync("ada", CancellationToken.None);
        Assert.StartsWith("refresh-", (string?)state!["refresh_token"], StringComparison.Ordinal);
        Assert.Equal("Ada Lovelace", (string?)state["user"]!["name"]);
        Assert.Contains((string)state["access_token"]!, provider.Secrets);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Secrets_go_by_form_or_header_and_codes_with_PKCE_or_without(bool usePkce, bool inHeader)
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider, login => (login.UsePkce, login.SendSecretInHeader) = (usePkce, inHeader));
        var browser = host.Browser();
        using var answer = await browser.SignInByAsync();
        Assert.Equal("ada", await browser.WhoAsync());
        Assert.Equal(usePkce, provider.LastTokenRequest!.ContainsKey("code_verifier"));
        Assert.Equal(inHeader, !provider.LastTokenRequest.ContainsKey("client_secret"));
    }

    [Fact]
    public async Task Plain_OAuth_asks_an_endpoint_who_somebody_is()
    {
        await using var provider = await FakeProvider.StartAsync();
        provider.Person = new JsonObject { ["sub"] = "unused", ["id"] = 4711, ["login"] = "ada" };
        await using var host = await HubHost.StartAsync(setup =>
        {
            LoginHub.WithoutForm(setup);
            setup.Builder = builder => builder.AddOAuthLogin("plain", login =>
            {
                (login.ClientId, login.ClientSecret) = (FakeProvider.ClientId, new(FakeProvider.ClientSecret));
                (login.AuthorizationEndpoint, login.TokenEndpoint, login.UserInfoEndpoint) = ($"{provider.Issuer}/authorize", $"{provider.Issuer}/token", $"{provider.Issuer}/userinfo");
            });
        });
        var browser = host.Browser();
        using var answer = await browser.SignInByAsync("plain");
        Assert.Equal("ada", await browser.WhoAsync());
        var identity = Assert.Single(await host.Data.ListAsync<ExternalIdentity>());
        Assert.Equal((provider.Issuer, "4711"), (identity.Issuer, identity.Subject));
    }

    [Fact]
    public async Task Document_and_keys_are_fetched_once()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Browser().SignInByAsync()));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal((1, 1), (provider.Counts["discovery"], provider.Counts["keys"]));
        Assert.Single(await host.Data.ListAsync<ExternalIdentity>());
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_that_was_not_known_yet_is_fetched_but_strangers_cannot_make_the_hub_hammer(bool isCurve)
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider, configure: setup =>
            setup.LateServices = builder => builder.Services.AddSingleton<TimeProvider>(new ShiftedTime()));
        using var first = await host.Browser().SignInByAsync();
        Action rotate = isCurve ? provider.Signer.RotateToCurve : () => provider.Signer.Rotate();
        rotate();
        var browser = host.Browser();
        using var tooSoon = await browser.SignInByAsync();
        await browser.AssertRefusedAsync(tooSoon);
        Assert.Equal(1, provider.Counts["keys"]);

        ((ShiftedTime)host.Get<TimeProvider>()).Shift(TimeSpan.FromSeconds(40));
        using var second = await browser.SignInByAsync();
        Assert.Equal("ada", await browser.WhoAsync());
        Assert.Equal(2, provider.Counts["keys"]);
        provider.Tamper = (header, _) => header["kid"] = "unheard-of";
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var stranger = host.Browser();
            using var refused = await stranger.SignInByAsync();
            await stranger.AssertRefusedAsync(refused);
        }

        Assert.Equal(2, provider.Counts["keys"]);
    }
}
