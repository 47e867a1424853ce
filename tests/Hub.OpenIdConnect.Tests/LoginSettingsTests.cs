using JupyterHub.Core.Hosting;
using JupyterHub.OpenIdConnect.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.OpenIdConnect.Tests;

/// <summary>Logins from the configuration, and the settings that leave the sign-in page out.</summary>
public sealed class LoginSettingsTests
{
    [Fact]
    public async Task A_login_can_be_declared_by_the_configuration_alone()
    {
        using var folder = new TestFolder();
        var file = folder.Combine("secret");
        await File.WriteAllTextAsync(file, FakeProvider.ClientSecret + "\n");
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await HubHost.StartAsync(setup =>
        {
            LoginHub.WithoutForm(setup);
            setup.Builder = builder => builder.AddProviderLogins();
            foreach (var (name, value) in new[] { ("Issuer", provider.Issuer), ("ClientId", FakeProvider.ClientId), ("ClientSecret:File", file), ("DisplayName", "Configured") })
            {
                setup.Settings[$"Logins:campus-1:{name}"] = value;
            }
        });
        using var page = await host.SendAsync("GET", "/hub/login");
        Assert.Contains("Sign in with Configured", await page.TextAsync(), StringComparison.Ordinal);
        var browser = host.Browser();
        using var answer = await browser.SignInByAsync("campus-1");
        Assert.Equal("ada", await browser.WhoAsync());
    }

    [Fact]
    public async Task The_configuration_goes_before_code()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider, configure: setup => setup.Settings["Logins:fake:DisplayName"] = "By configuration");
        using var page = await host.SendAsync("GET", "/hub/login");
        Assert.Contains("By configuration", await page.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Logins:campus:Issuer", "http://provider.example", "JupyterHub:Logins:campus:Issuer is not valid: it must be an address with https")]
    [InlineData("Logins:campus:Issuer", "nonsense", "JupyterHub:Logins:campus:Issuer is not valid: it must be an address with https")]
    [InlineData("Logins:campus:ClientId", "", "JupyterHub:Logins:campus:ClientId is not valid")]
    [InlineData("Logins:campus:ClientSecrt", "x", "JupyterHub:Logins:campus:ClientSecrt is not a known setting; did you mean ClientSecret?")]
    [InlineData("Logins:campus:Type", "saml", "JupyterHub:Logins:campus:Type names \"saml\", which this host does not register; registered: oauth, oidc")]
    [InlineData("Logins:campus:TokenEndpoint", "https://x.example", "JupyterHub:Logins:campus:TokenEndpoint is a setting of the type oauth, but the type is oidc")]
    [InlineData("Logins:campus:SubjectClaim", "email", "JupyterHub:Logins:campus:SubjectClaim is not valid: OpenID Connect tells people apart by the claim sub")]
    [InlineData("Logins:campus:AdminClaim", "roles", "JupyterHub:Logins:campus:AdminClaim is not valid: AdminClaim and AdminValues go together")]
    [InlineData("Logins:campus:AuthorizationParameters:state", "x", "the parameter state is the hub's own")]
    [InlineData("Logins:campus:Timeout", "0", "JupyterHub:Logins:campus:Timeout is not valid")]
    [InlineData("Logins:A B:ClientId", "x", "JupyterHub:Logins:A B must have a name of lower-case letters")]
    [InlineData("Logins:..:ClientId", "x", "JupyterHub:Logins:.. must have a name of lower-case letters")]
    [InlineData("Authenticator:AutoLogin", "true", null)]
    public async Task What_is_wrong_is_told_at_the_start(string setting, string value, string? message)
    {
        Task<HubHost> StartAsync() => HubHost.StartAsync(setup =>
        {
            LoginHub.WithoutForm(setup);
            setup.Builder = builder => builder.AddProviderLogins();
            setup.Settings["Logins:campus:Issuer"] = "https://provider.example";
            setup.Settings["Logins:campus:ClientId"] = "hub";
            setup.Settings[setting] = value;
        });
        if (message is null)
        {
            await using var host = await StartAsync();
            return;
        }

        var problem = await Assert.ThrowsAsync<HubStartupException>(StartAsync);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_registers_no_kind_of_login_says_so()
    {
        var problem = await Assert.ThrowsAsync<HubStartupException>(() => HubHost.StartAsync(setup => setup.Settings["Logins:campus:ClientId"] = "x"));
        Assert.Contains("JupyterHub:Logins:campus declares a login, but this host registers no kind of redirect login", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AutoLogin")]
    [InlineData("AutoLoginOauth2Authorize")]
    public async Task Going_straight_to_a_login_needs_exactly_one(string setting)
    {
        var problem = await Assert.ThrowsAsync<HubStartupException>(() => HubHost.StartAsync(setup => setup.Settings[$"Authenticator:{setting}"] = "true"));
        Assert.Contains($"JupyterHub:Authenticator:{setting} needs exactly one redirect login, but there are 0", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sign_in_page_can_be_left_out_without_going_round_in_circles()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider, configure: setup => setup.Settings["Authenticator:AutoLogin"] = "true");
        var browser = host.Browser();
        using var home = await browser.GetAsync("/hub/home");
        Assert.Equal("/hub/login?next=%2Fhub%2Fhome", home.Location());
        using var login = await browser.GetAsync(home.Location()!);
        Assert.Equal("/hub/login/fake?next=%2Fhub%2Fhome", login.Location());
        using var entered = await browser.SignInByAsync(next: "/hub/home");
        Assert.Equal("/hub/home", entered.Location());

        using var left = await browser.GetAsync("/hub/logout");
        Assert.Equal(HttpStatusCode.OK, left.StatusCode);
        Assert.Contains("You have signed out", await left.TextAsync(), StringComparison.Ordinal);
        Assert.Null(await browser.WhoAsync());
        using var anonymous = await host.Browser().GetAsync("/hub/logout");
        Assert.Equal(HttpStatusCode.OK, anonymous.StatusCode);

        provider.ChangeReturn = parameters => parameters["error"] = "access_denied";
        var refused = host.Browser();
        using var answer = await refused.SignInByAsync();
        await refused.AssertRefusedAsync(answer);
    }

    [Fact]
    public async Task Whom_an_application_sends_goes_straight_to_the_login()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider, configure: setup => setup.Settings["Authenticator:AutoLoginOauth2Authorize"] = "true");
        using var authorize = await host.SendAsync("GET", "/hub/api/oauth2/authorize?client_id=x&state=y");
        Assert.Equal("/hub/login/fake?next=%2Fhub%2Fapi%2Foauth2%2Fauthorize%3Fclient_id%3Dx%26state%3Dy", authorize.Location());
        using var home = await host.SendAsync("GET", "/hub/home");
        Assert.Equal("/hub/login?next=%2Fhub%2Fhome", home.Location());
        using var login = await host.SendAsync("GET", "/hub/login");
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
    }

    [Fact]
    public async Task A_form_that_is_not_there_lets_nobody_in()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider);
        var browser = host.Browser();
        using var page = await browser.GetAsync("/hub/login");
        Assert.DoesNotContain("name=\"password\"", await page.TextAsync(), StringComparison.Ordinal);
        using var posted = await browser.SubmitAsync("/hub/login", ("username", "ada"), ("password", HubHost.Password));
        Assert.Equal(HttpStatusCode.Forbidden, posted.StatusCode);
    }

    [Fact]
    public async Task Behind_a_public_address_and_with_host_cookies_the_flow_is_bound_to_this_host_alone()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider, configure: setup => setup.Hub = hub => (hub.PublicUrl, hub.CookieHostPrefixEnabled) = ("https://hub.example/", true));
        using var start = await host.SendAsync("GET", "/hub/login/fake");
        var cookie = Assert.Single(SetCookie.Of(start), cookie => cookie.Name.StartsWith("__Host-jupyterhub-login-fake-", StringComparison.Ordinal));
        Assert.Equal(("/", true), (cookie.Path, cookie.IsSecure));
        Assert.Contains("redirect_uri=https%3A%2F%2Fhub.example%2Fhub%2Flogin%2Ffake%2Fcallback", start.Location(), StringComparison.Ordinal);
    }
}
