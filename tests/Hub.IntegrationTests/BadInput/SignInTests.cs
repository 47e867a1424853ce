using System.Net;
using System.Text.Json.Nodes;
using JupyterHub.IntegrationTests.Harness;

namespace JupyterHub.IntegrationTests.BadInput;

/// <summary>People who may not come in.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task A_wrong_password_brings_the_form_again()
    {
        await using var hub = await HubProcess.StartNewAsync();
        using var visitor = new HubVisitor(hub, "ada");

        var page = await visitor.SignInAsync("a wrong password");

        page.MustBe(HttpStatusCode.Forbidden);
        Assert.NotNull(page.Field("password"));
        Assert.Equal("ada", page.Field("username"));
        Assert.Equal("/hub/login", (await visitor.Browser.OpenAsync("/hub/home")).Address.AbsolutePath);
        await visitor.MustSignInAsync();
    }

    [Fact]
    public async Task A_user_who_is_not_allowed_stays_outside()
    {
        await using var hub = await HubProcess.StartNewAsync(hub =>
        {
            hub.Authenticator["AllowAll"] = false;
            hub.Authenticator["AllowedUsers"] = new JsonArray("ada");
        });
        using var ada = new HubVisitor(hub, "ada");
        using var eve = new HubVisitor(hub, "eve");

        var page = await eve.SignInAsync();

        page.MustBe(HttpStatusCode.Forbidden);
        Assert.Equal("/hub/login", (await eve.Browser.OpenAsync("/hub/home")).Address.AbsolutePath);
        await ada.MustSignInAsync();
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_and_shown_again()
    {
        await using var hub = await HubProcess.StartNewAsync();
        using var browser = new Browser(hub.Address);
        await browser.OpenAsync("/hub/login");

        var page = await browser.SubmitOnceAsync("/hub/login", ("username", "ada"), ("password", hub.UserPassword));

        page.MustBe(HttpStatusCode.Forbidden);
        Assert.NotNull(page.Field("_xsrf"));
    }
}
