using System.Text.Json.Nodes;
using JupyterHub.Core.Authentication.Identities;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Users;
using JupyterHub.OpenIdConnect.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.OpenIdConnect.Tests;

/// <summary>Several ways into one hub: nobody gets into an account by choosing its name.</summary>
public sealed class SeveralLoginsTests : IAsyncLifetime
{
    private FakeProvider first = null!;
    private FakeProvider second = null!;

    public async Task InitializeAsync()
    {
        first = await FakeProvider.StartAsync();
        second = await FakeProvider.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    [Fact]
    public async Task The_same_subject_at_two_providers_is_two_people()
    {
        await using var host = await StartAsync();
        second.Person["preferred_username"] = "grace";
        var ada = host.Browser();
        var grace = host.Browser();
        using var one = await ada.SignInByAsync("one");
        using var two = await grace.SignInByAsync("two");
        Assert.Equal(("ada", "grace"), (await ada.WhoAsync(), await grace.WhoAsync()));
        Assert.Equal(2, (await host.Data.ListAsync<ExternalIdentity>()).Select(identity => identity.UserId).Distinct().Count());
    }

    [Fact]
    public async Task The_same_name_at_two_providers_is_two_people()
    {
        await using var host = await StartAsync();
        using var one = await host.Browser().SignInByAsync("one");
        var other = host.Browser();
        using var refused = await other.SignInByAsync("two");
        Assert.Contains("belongs to somebody else here", await other.AssertRefusedAsync(refused), StringComparison.Ordinal);
        Assert.Single(await host.Data.ListAsync<ExternalIdentity>());
    }

    [Theory]
    [InlineData("Authenticator:AdminUsers:0")]
    [InlineData("Authenticator:AllowedUsers:0")]
    [InlineData("LoadGroups:staff:Users:0")]
    public async Task A_name_that_the_settings_speak_of_cannot_be_taken(string list)
    {
        await using var host = await StartAsync(setup => setup.Settings[list] = "ada");
        var browser = host.Browser();
        using var refused = await browser.SignInByAsync("two");
        await browser.AssertRefusedAsync(refused);

        // Nor when the user whom the settings mean is not there at the moment.
        using var deleted = await host.SendAsync("DELETE", "/hub/api/users/ada", await host.Data.ServiceTokenAsync("admin", "admin:users", "delete:servers"));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var again = await browser.SignInByAsync("two");
        await browser.AssertRefusedAsync(again);
        Assert.DoesNotContain(await host.Data.ListAsync<HubUser>(), user => user.Name == "ada");
        Assert.Empty(await host.Data.ListAsync<ExternalIdentity>());
    }

    [Fact]
    public async Task A_user_made_by_an_administrator_waits_for_a_login_whose_names_are_trusted()
    {
        await using var host = await StartAsync(two: login => login.TrustNames = true);
        await host.Data.UserAsync("ada", admin: true);
        var stranger = host.Browser();
        using var refused = await stranger.SignInByAsync("one");
        await stranger.AssertRefusedAsync(refused);
        var ada = host.Browser();
        using var entered = await ada.SignInByAsync("two");
        Assert.Equal("ada", await ada.WhoAsync());
    }

    [Fact]
    public async Task A_name_that_somebody_took_first_is_no_trap_for_its_owner()
    {
        await using var host = await StartAsync(two: login => login.TrustNames = true);
        using var squatter = await host.Browser().SignInByAsync("one");
        Assert.Equal(HttpStatusCode.Redirect, squatter.StatusCode);
        var owner = host.Browser();
        using var refused = await owner.SignInByAsync("two");
        await owner.AssertRefusedAsync(refused);
    }

    [Fact]
    public async Task Two_logins_whose_names_are_trusted_know_the_same_people()
    {
        await using var host = await StartAsync(login => login.TrustNames = true, login => login.TrustNames = true);
        second.Person["sub"] = "another-subject";
        var browser = host.Browser();
        using var one = await host.Browser().SignInByAsync("one");
        using var two = await browser.SignInByAsync("two");
        Assert.Equal("ada", await browser.WhoAsync());
        Assert.Single((await host.Data.ListAsync<ExternalIdentity>()).Select(identity => identity.UserId).Distinct());
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task A_provider_beside_a_form_knows_the_forms_people_only_if_its_names_are_trusted(bool? trust, bool enters)
    {
        await using var host = await HubHost.StartAsync(setup => setup.Builder = builder => builder.AddOpenIdConnectLogin("one", login =>
        {
            LoginHub.Describe(login, first);
            login.TrustNames = trust;
        }));
        await host.SignInAsync("ada");
        var browser = host.Browser();
        using var answer = await browser.SignInByAsync("one");
        Assert.Equal(enters ? "ada" : null, await browser.WhoAsync());

        // And the other way round: the form does not lead into an account that somebody else made by choosing its name.
        first.Person = new JsonObject { ["sub"] = "2", ["preferred_username"] = "bob" };
        using var made = await host.Browser().SignInByAsync("one");
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        var form = host.Browser();
        using var byForm = await form.SignInAsync("bob");
        Assert.Equal(enters ? "bob" : null, await form.WhoAsync());
        using var token = await host.SendAsync("POST", "/hub/api/users/bob/tokens", body: Answers.Json($$$"""{"auth": {"username": "bob", "password": "{{{HubHost.Password}}}"} }"""));
        Assert.Equal(enters, token.IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_only_provider_knows_users_from_before_but_nobody_elses()
    {
        await using var host = await LoginHub.StartAsync(first, configure: setup => setup.Settings["Authenticator:AllowAll"] = "false");
        await host.Data.UserAsync("ada");
        await host.Data.AddAsync(new ExternalIdentity { Issuer = "https://earlier.example", Subject = "1", UserId = (await host.Data.UserAsync("grace")).Id });
        var ada = host.Browser();
        using var refused = await ada.SignInByAsync();
        await ada.AssertRefusedAsync(refused);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("true", "grace")]
    public async Task Users_of_a_provider_that_is_gone_follow_only_where_the_operator_says_so(string? trust, string? expected)
    {
        await using var host = await LoginHub.StartAsync(first, configure: setup => setup.Settings["Logins:fake:TrustNames"] = trust);
        await host.Data.AddAsync(new ExternalIdentity { Issuer = "https://earlier.example", Subject = "1", UserId = (await host.Data.UserAsync("grace")).Id });
        await host.Data.UserAsync("ada");
        first.Person["preferred_username"] = "grace";
        var browser = host.Browser();
        using var answer = await browser.SignInByAsync();
        Assert.Equal(expected, await browser.WhoAsync());
        first.Person = new JsonObject { ["sub"] = "3", ["preferred_username"] = "ada" };
        var ada = host.Browser();
        using var adopted = await ada.SignInByAsync();
        Assert.Equal("ada", await ada.WhoAsync());
    }

    [Fact]
    public async Task Mix_up_a_state_of_one_provider_is_nothing_at_the_other()
    {
        await using var host = await StartAsync();
        var browser = host.Browser();
        var back = await browser.VisitProviderAsync("one");
        using var answer = await browser.GetAsync(back.Replace("/login/one/", "/login/two/", StringComparison.Ordinal));
        await browser.AssertRefusedAsync(answer);
        Assert.False(second.Counts.ContainsKey("token"));
    }

    [Fact]
    public async Task Mix_up_a_code_of_one_provider_never_reaches_the_other()
    {
        first.SendsIssuer = second.SendsIssuer = true;
        await using var host = await StartAsync();

        // The person is lured to provider two, which sends them on to provider one with its own state, and wants that code.
        first.ChangeReturn = parameters => parameters["iss"] = first.Issuer;
        second.ChangeReturn = parameters => parameters["iss"] = first.Issuer;
        var browser = host.Browser();
        using var answer = await browser.SignInByAsync("two");
        await browser.AssertRefusedAsync(answer);
        Assert.False(second.Counts.ContainsKey("token"));
    }

    [Fact]
    public async Task Racing_first_sign_ins_make_one_user()
    {
        await using var host = await StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Browser().SignInByAsync("one")));
        foreach (var answer in answers)
        {
            Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.TextAsync());
        }

        Assert.Single(await host.Data.ListAsync<ExternalIdentity>());
        Assert.Single(await host.Data.ListAsync<HubUser>(), user => user.Name == "ada");
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Of_many_who_want_one_name_at_once_one_gets_it()
    {
        await using var host = await StartAsync();
        var browsers = Enumerable.Range(0, 10).Select(index => (Login: index % 2 == 0 ? "one" : "two", Browser: host.Browser())).ToList();
        var backs = new List<string>();
        foreach (var (index, (login, browser)) in browsers.Index())
        {
            (login == "one" ? first : second).Person["sub"] = $"subject-{index}";
            backs.Add(await browser.VisitProviderAsync(login));
        }

        var answers = await Task.WhenAll(browsers.Zip(backs, (pair, back) => pair.Browser.GetAsync(back)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal(9, answers.Count(answer => answer.StatusCode == HttpStatusCode.Forbidden));
        Assert.Single(await host.Data.ListAsync<ExternalIdentity>());
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task The_page_has_a_button_for_each()
    {
        await using var host = await StartAsync();
        using var answer = await host.SendAsync("GET", "/hub/login?next=/hub/home");
        var page = await answer.TextAsync();
        Assert.Contains("href=\"/hub/login/one?next=%2Fhub%2Fhome\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/hub/login/two?next=%2Fhub%2Fhome\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("password_input", page, StringComparison.Ordinal);
        using var nothing = await host.SendAsync("GET", "/hub/login/three");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    private Task<HubHost> StartAsync(Action<HubSetup> configure) => StartAsync(null, null, configure);

    private Task<HubHost> StartAsync(Action<OpenIdConnectLoginOptions>? one = null, Action<OpenIdConnectLoginOptions>? two = null, Action<HubSetup>? configure = null) =>
        HubHost.StartAsync(setup =>
        {
            LoginHub.WithoutForm(setup);
            setup.Builder = builder => Add(Add(builder, "one", first, one), "two", second, two);
            configure?.Invoke(setup);
        });

    private static IHubBuilder Add(IHubBuilder builder, string name, FakeProvider provider, Action<OpenIdConnectLoginOptions>? configure) =>
        builder.AddOpenIdConnectLogin(name, login =>
        {
            LoginHub.Describe(login, provider);
            configure?.Invoke(login);
        });
}
