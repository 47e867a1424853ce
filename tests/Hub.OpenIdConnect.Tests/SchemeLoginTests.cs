using System.Security.Claims;
using System.Text.Json;
using JupyterHub.AspNetCore.Logins;
using JupyterHub.Core.Authentication.Identities;
using JupyterHub.Core.Hosting;
using JupyterHub.OpenIdConnect.Tests.Fixtures;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace JupyterHub.OpenIdConnect.Tests;

/// <summary>The application's own authentication as a login of the hub.</summary>
public sealed class SchemeLoginTests
{
    [Fact]
    public async Task Whoever_is_signed_in_at_the_application_is_signed_in_here_by_one_click()
    {
        await using var host = await WithCookieAsync();
        var browser = host.Browser();
        using var signedIn = await browser.GetAsync("/app/sign-in?name=ada");
        using var start = await browser.GetAsync("/hub/login/app?next=/hub/home");
        Assert.StartsWith("/hub/login/app/callback?flow=", start.Location(), StringComparison.Ordinal);
        using var end = await browser.GetAsync(start.Location()!);
        Assert.Equal("/hub/home", end.Location());
        Assert.Equal("ada", await browser.WhoAsync());
        var identity = Assert.Single(await host.Data.ListAsync<ExternalIdentity>());
        Assert.Equal(("Cookies", "id-of-ada"), (identity.Issuer, identity.Subject));

        // The application's sign-in stays what it is.
        using var mine = await browser.GetAsync("/app/who");
        Assert.Equal("ada", await mine.TextAsync());
    }

    [Fact]
    public async Task Whoever_is_not_is_sent_to_the_applications_own_page_and_comes_back()
    {
        await using var host = await WithCookieAsync();
        var browser = host.Browser();
        using var start = await browser.GetAsync("/hub/login/app?next=/hub/home");
        var page = new Uri(start.Location()!);
        Assert.Equal("/app/login", page.AbsolutePath);
        var back = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(page.Query)["ReturnUrl"].ToString();

        using var tooEarly = await browser.Copy().GetAsync(back);
        Assert.Equal(HttpStatusCode.Forbidden, tooEarly.StatusCode);
        using var signedIn = await browser.GetAsync("/app/sign-in?name=ada");
        using var end = await browser.GetAsync(back);
        Assert.Equal("/hub/home", end.Location());
        Assert.Equal("ada", await browser.WhoAsync());
    }

    [Fact]
    public async Task A_return_that_this_browser_did_not_begin_signs_nobody_in()
    {
        await using var host = await WithCookieAsync();
        var attacker = host.Browser();
        using var signedIn = await attacker.GetAsync("/app/sign-in?name=mallory");
        using var start = await attacker.GetAsync("/hub/login/app");
        var victim = host.Browser();
        using var alsoSignedIn = await victim.GetAsync("/app/sign-in?name=ada");
        foreach (var back in new[] { start.Location()!, "/hub/login/app/callback", "/hub/login/app/callback?flow=x", $"/hub/login/app/callback?flow={new string('0', 32)}" })
        {
            using var end = await victim.GetAsync(back);
            await victim.AssertRefusedAsync(end);
        }

        using var own = await attacker.GetAsync(start.Location()!);
        using var twice = await attacker.Copy().GetAsync(start.Location()!);
        Assert.Equal(HttpStatusCode.Forbidden, twice.StatusCode);
    }

    [Fact]
    public async Task An_issuer_that_a_claim_names_cannot_speak_for_another_login()
    {
        await using var host = await WithCookieAsync(login => (login.Issuer, login.IssuerClaim) = ("the-app", "tenant"));
        var browser = host.Browser();
        using var signedIn = await browser.GetAsync("/app/sign-in?name=ada&tenant=https://provider.example");
        using var start = await browser.GetAsync("/hub/login/app");
        using var end = await browser.GetAsync(start.Location()!);
        Assert.Equal("the-app https://provider.example", Assert.Single(await host.Data.ListAsync<ExternalIdentity>()).Issuer);
        var homeless = host.Browser();
        using var without = await homeless.GetAsync("/app/sign-in?name=grace");
        using var again = await homeless.GetAsync("/hub/login/app");
        using var refused = await homeless.GetAsync(again.Location()!);
        await homeless.AssertRefusedAsync(refused);
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("operator")]
    public async Task A_name_at_one_issuer_behind_a_scheme_is_not_the_same_name_at_another(string name)
    {
        await using var host = await WithCookieAsync(login => login.IssuerClaim = "tenant", "operator");
        var first = host.Browser();
        using var ada = await first.GetAsync("/app/sign-in?name=ada&tenant=one");
        using var begun = await first.GetAsync("/hub/login/app");
        using var entered = await first.GetAsync(begun.Location()!);
        Assert.Equal("ada", await first.WhoAsync());

        var stranger = host.Browser();
        using var other = await stranger.GetAsync($"/app/sign-in?name={name}&tenant=two");
        using var start = await stranger.GetAsync("/hub/login/app");
        using var end = await stranger.GetAsync(start.Location()!);
        await stranger.AssertRefusedAsync(end);
        Assert.Equal("Cookies one", Assert.Single(await host.Data.ListAsync<ExternalIdentity>()).Issuer);
    }

    [Fact]
    public async Task A_handler_that_sends_people_elsewhere_brings_them_to_the_hub()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await WithRemoteAsync(provider);
        var browser = host.Browser();
        var callback = await browser.VisitProviderAsync("remote", "/hub/home");
        Assert.StartsWith("/signin-remote?", callback, StringComparison.Ordinal);
        using var signedIn = await browser.GetAsync(callback);
        var external = SetCookie.Of(signedIn).Single(cookie => cookie.Name == "jupyterhub-external");
        Assert.Equal(("/hub/login", true, "lax"), (external.Path, external.IsHttpOnly, external.SameSite));
        using var end = await browser.GetAsync(signedIn.Location()!);
        Assert.Equal("/hub/home", end.Location());
        Assert.Equal("ada", await browser.WhoAsync());
        Assert.DoesNotContain(browser.CookieNames, name => name.StartsWith("jupyterhub-external", StringComparison.Ordinal) || name.StartsWith("jupyterhub-login-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_elses_external_cookie_does_not_sign_in()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await WithRemoteAsync(provider);
        var attacker = host.Browser();
        using var gained = await attacker.GetAsync(await attacker.VisitProviderAsync("remote"));

        // The victim has begun a sign-in of their own, and gets the attacker's cookie from a neighbouring host.
        var victim = host.Browser();
        provider.Person = new() { ["sub"] = "2", ["preferred_username"] = "grace" };
        using var mine = await victim.GetAsync(await victim.VisitProviderAsync("remote"));
        victim.SetCookie("jupyterhub-external", attacker.Cookie("jupyterhub-external")!, "/hub/login");
        using var end = await victim.GetAsync(mine.Location()!);
        await victim.AssertRefusedAsync(end);
        Assert.DoesNotContain("jupyterhub-external", victim.CookieNames);
    }

    [Fact]
    public async Task A_refusal_at_a_handler_of_the_application_is_told_on_the_sign_in_page()
    {
        await using var provider = await FakeProvider.StartAsync();
        provider.ChangeReturn = parameters =>
        {
            parameters.Remove("code");
            parameters["error"] = "access_denied";
        };
        await using var host = await WithRemoteAsync(provider);
        var browser = host.Browser();
        using var failed = await browser.GetAsync(await browser.VisitProviderAsync("remote"));
        using var end = await browser.GetAsync(failed.Location()!);
        Assert.Contains("cancelled or refused", await browser.AssertRefusedAsync(end), StringComparison.Ordinal);
    }

    /// <summary>The only scheme of an application is its default: the hub's own must not be counted.</summary>
    [Fact]
    public async Task The_applications_schemes_and_defaults_are_as_without_the_hub()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await WithRemoteAsync(provider);
        var schemes = host.Get<IAuthenticationSchemeProvider>();
        Assert.Equal(["Remote"], (await schemes.GetAllSchemesAsync()).Select(scheme => scheme.Name));
        Assert.Equal("Remote", (await schemes.GetDefaultChallengeSchemeAsync())!.Name);
        await using var without = await LoginHub.StartAsync(provider);
        Assert.Empty(await without.Get<IAuthenticationSchemeProvider>().GetAllSchemesAsync());
        Assert.Null(await without.Get<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync());
    }

    [Fact]
    public async Task A_scheme_that_there_is_not_stops_the_start()
    {
        var problem = await Assert.ThrowsAsync<HubStartupException>(() => HubHost.StartAsync(setup => setup.Builder = builder => builder.AddSchemeLogin("app", "Missing")));
        Assert.Equal("JupyterHub:Logins:app names the authentication scheme Missing, which the application does not register.", problem.Message);
    }

    private static Task<HubHost> WithCookieAsync(Action<SchemeLoginOptions>? configure = null, string? admin = null) => HubHost.StartAsync(setup =>
    {
        LoginHub.WithoutForm(setup);
        if (admin is not null)
        {
            setup.Settings["Authenticator:AdminUsers:0"] = admin;
        }

        setup.MapsRoot = false;
        setup.Services = builder => builder.Services.AddAuthentication("Cookies").AddCookie("Cookies", cookie => cookie.LoginPath = "/app/login");
        setup.App = app =>
        {
            app.MapGet("/app/sign-in", (HttpContext context, string name, string? tenant) => context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
                [new(ClaimTypes.Name, name), new(ClaimTypes.NameIdentifier, $"id-of-{name}"), .. tenant is null ? [] : new Claim[] { new("tenant", tenant) }], "form"))));
            app.MapGet("/app/who", (HttpContext context) => context.User.Identity?.Name ?? "");
        };
        setup.Builder = builder => builder.AddSchemeLogin("app", "Cookies", configure);
    });

    private static Task<HubHost> WithRemoteAsync(FakeProvider provider) => HubHost.StartAsync(setup =>
    {
        LoginHub.WithoutForm(setup);
        setup.Services = builder => builder.Services.AddAuthentication().AddOAuth("Remote", remote =>
        {
            (remote.ClientId, remote.ClientSecret, remote.CallbackPath) = (FakeProvider.ClientId, FakeProvider.ClientSecret, "/signin-remote");
            (remote.AuthorizationEndpoint, remote.TokenEndpoint, remote.UserInformationEndpoint) = ($"{provider.Issuer}/authorize", $"{provider.Issuer}/token", $"{provider.Issuer}/userinfo");
            remote.Events.OnCreatingTicket = ReadUserAsync;
            remote.SignInToJupyterHub();
        });
        setup.Builder = builder => builder.AddSchemeLogin("remote", "Remote");
    });

    private static async Task ReadUserAsync(OAuthCreatingTicketContext context)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
        request.Headers.Authorization = new("Bearer", context.AccessToken);
        using var answer = await context.Backchannel.SendAsync(request);
        var user = (await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync())).RootElement;
        context.Identity!.AddClaim(new Claim(ClaimTypes.NameIdentifier, user.GetProperty("sub").GetString()!));
        context.Identity.AddClaim(new Claim(ClaimTypes.Name, user.GetProperty("preferred_username").GetString()!));
    }
}
