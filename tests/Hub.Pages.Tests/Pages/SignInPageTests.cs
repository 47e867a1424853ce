using JupyterHub.OpenIdConnect.Tests.Fixtures;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages;

/// <summary>The sign-in page in all that it can have to say.</summary>
public sealed class SignInPageTests(Chromium chromium, HubFixture fixture) : IClassFixture<Chromium>, IClassFixture<HubFixture>
{
    [Fact]
    public async Task Empty_it_waits_for_a_name()
    {
        await using var visitor = await PageVisitor.ArriveAsync(chromium, fixture.Host);
        await visitor.GoAsync("/hub/login");
        await Assertions.Expect(visitor.Page.Locator("#username_input")).ToBeFocusedAsync();
        Assert.False(await visitor.Page.Locator("#login-exposed").IsVisibleAsync());
        await visitor.InspectAsync("sign-in-form");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wrong_password_is_told_beside_the_fields_and_the_name_stays(bool hasScripts)
    {
        await using var visitor = await PageVisitor.ArriveAsync(chromium, fixture.Host, hasScripts);
        await visitor.GoAsync("/hub/login?next=%2Fhub%2Fhome");
        await SubmitAsync(visitor, "ada", "wrong");
        var error = visitor.Page.Locator("#login-error");
        await error.WaitForAsync();
        Assert.Equal("ada", await visitor.Page.InputValueAsync("#username_input"));
        Assert.Equal("", await visitor.Page.InputValueAsync("#password_input"));
        foreach (var field in new[] { "#username_input", "#password_input" })
        {
            Assert.Equal(("true", "login-error"), (await visitor.Page.GetAttributeAsync(field, "aria-invalid"), await visitor.Page.GetAttributeAsync(field, "aria-describedby")));
        }

        if (hasScripts)
        {
            await Assertions.Expect(visitor.Page.Locator("#password_input")).ToBeFocusedAsync();
            await visitor.InspectAsync("sign-in-wrong");
        }
        else
        {
            Assert.False(await visitor.Page.Locator("#show_password").IsVisibleAsync());
        }

        await SubmitAsync(visitor, "ada", HubHost.Password);
        await visitor.Page.WaitForURLAsync("**/hub/home");
    }

    [Fact]
    public async Task By_keyboard_alone_a_person_looks_at_the_password_and_signs_in()
    {
        await using var visitor = await PageVisitor.ArriveAsync(chromium, fixture.Host);
        await visitor.GoAsync("/hub/login?next=%2Fhub%2Fhome");
        var keyboard = visitor.Page.Keyboard;
        await Assertions.Expect(visitor.Page.Locator("#username_input")).ToBeFocusedAsync();
        await keyboard.TypeAsync("ada");
        await keyboard.PressAsync("Tab");
        await keyboard.TypeAsync(HubHost.Password);
        await keyboard.PressAsync("Tab");
        Assert.Equal("show_password", await FocusAsync(visitor));
        await keyboard.PressAsync("Space");
        Assert.Equal(("text", "true"), (await visitor.Page.GetAttributeAsync("#password_input", "type"), await visitor.Page.GetAttributeAsync("#show_password", "aria-pressed")));
        await keyboard.PressAsync("Enter");
        Assert.Equal("password", await visitor.Page.GetAttributeAsync("#password_input", "type"));
        await keyboard.PressAsync("Tab");
        Assert.Equal("login_submit", await FocusAsync(visitor));
        await keyboard.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**/hub/home");
    }

    [Fact]
    public async Task Too_many_attempts_are_told_with_the_time_to_wait()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub => (hub.SignInLimits.FreePerAccount, hub.SignInLimits.Window) = (1, 3600));
        await using var visitor = await PageVisitor.ArriveAsync(chromium, host);
        await visitor.GoAsync("/hub/login");

        // Each wrong password doubles the wait, so that one of the next comes too early on the slowest of machines too.
        var status = 403;
        for (var attempt = 0; status == 403 && attempt < 10; attempt++)
        {
            status = (await visitor.Page.RunAndWaitForResponseAsync(() => SubmitAsync(visitor, "ada", "wrong"), response => response.Request.Method == "POST")).Status;
            await visitor.Page.WaitForLoadStateAsync();
        }

        Assert.Equal(429, status);
        await visitor.Page.Locator("#login-notice").WaitForAsync();
        await visitor.InspectAsync("sign-in-throttled");
    }

    [Fact]
    public async Task A_second_factor_has_a_field_of_its_own()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Authenticator = dummy => (dummy.RequestOtp, dummy.OtpPrompt) = (true, "Code of your <b>authenticator</b> app"));
        await using var visitor = await PageVisitor.ArriveAsync(chromium, host);
        await visitor.GoAsync("/hub/login");
        Assert.Equal("one-time-code", await visitor.Page.GetByLabel("Code of your <b>authenticator</b> app").GetAttributeAsync("autocomplete"));
        await visitor.InspectAsync("sign-in-otp");
    }

    [Fact]
    public async Task An_unencrypted_address_is_warned_of()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.PublicUrl = "http://hub.example/");
        await using var visitor = await PageVisitor.ArriveAsync(chromium, host);
        await visitor.GoAsync("/hub/login");
        await visitor.Page.Locator("#login-exposed").WaitForAsync();
        await visitor.InspectAsync("sign-in-exposed");
    }

    [Fact]
    public async Task A_name_as_long_as_names_may_be_stays_in_its_field()
    {
        await using var visitor = await PageVisitor.ArriveAsync(chromium, fixture.Host);
        await visitor.GoAsync("/hub/login");
        var name = string.Concat(Enumerable.Repeat("محمد-🦉-", 30))[..240];
        await SubmitAsync(visitor, name, "wrong");
        await visitor.Page.Locator("#login-error").WaitForAsync();
        Assert.Equal(name, await visitor.Page.InputValueAsync("#username_input"));
        await visitor.InspectAsync("sign-in-long-name");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_person_goes_to_a_provider_and_comes_back_signed_in(bool hasScripts)
    {
        await using var provider = await FakeProvider.StartAsync();
        provider.AsksFirst = true;
        await using var host = await LoginHub.StartAsync(provider, login => login.DisplayName = "University of the Very Long Name by the Sea, Faculty of Natural Philosophy 🦉");
        await using var visitor = await PageVisitor.ArriveAsync(chromium, host, hasScripts);
        await visitor.GoAsync("/hub/login?next=%2Fhub%2Fhome");
        if (hasScripts)
        {
            await visitor.InspectAsync("sign-in-provider");
        }

        await visitor.Page.ClickAsync("#login-fake");
        await visitor.Page.ClickAsync("#yes");
        await visitor.Page.WaitForURLAsync("**/hub/home");
        await visitor.Page.ClickAsync("#logout");
        await visitor.Page.Locator("#login-fake").WaitForAsync();
    }

    [Fact]
    public async Task A_refusal_at_the_provider_is_told_beside_the_buttons()
    {
        await using var provider = await FakeProvider.StartAsync();
        provider.ChangeReturn = parameters =>
        {
            parameters.Remove("code");
            parameters["error"] = "access_denied";
        };
        await using var host = await HubHost.StartAsync(setup => setup.Builder = builder => builder
            .AddOpenIdConnectLogin("campus", login => LoginHub.Describe(login, provider))
            .AddOpenIdConnectLogin("lab", login =>
            {
                LoginHub.Describe(login, provider);
                login.DisplayName = "مختبر الفيزياء";
            }));
        await using var visitor = await PageVisitor.ArriveAsync(chromium, host);
        await visitor.GoAsync("/hub/login");
        await visitor.InspectAsync("sign-in-form-and-providers");
        var answer = await visitor.Page.RunAndWaitForResponseAsync(
            () => visitor.Page.ClickAsync("#login-campus"), response => response.Url.Contains("/callback", StringComparison.Ordinal));
        Assert.Equal(403, answer.Status);
        await visitor.Page.Locator("#login-notice").WaitForAsync();
        await visitor.InspectAsync("sign-in-provider-refused");

        // The form on that page works, and sends nothing of the answer along.
        Assert.Equal("/hub/login", await visitor.Page.GetAttributeAsync("form", "action"));
        await SubmitAsync(visitor, "ada", HubHost.Password);
        await visitor.Page.WaitForURLAsync("**/user/ada/**");
    }

    [Fact]
    public async Task Where_there_is_no_page_to_sign_in_signing_out_has_one()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var host = await LoginHub.StartAsync(provider, configure: setup => setup.Settings["Authenticator:AutoLogin"] = "true");
        await using var visitor = await PageVisitor.ArriveAsync(chromium, host);
        await visitor.GoAsync("/hub/home");
        await visitor.Page.WaitForURLAsync("**/hub/home");
        await visitor.Page.ClickAsync("#logout");
        await visitor.Page.Locator("#sign-in").WaitForAsync();
        Assert.Equal(0, await visitor.Page.Locator("#logout").CountAsync());
        await visitor.InspectAsync("signed-out");
        await visitor.Page.ClickAsync("#sign-in");
        await visitor.Page.WaitForURLAsync("**/user/ada/**");
    }

    private static async Task SubmitAsync(PageVisitor visitor, string name, string password)
    {
        await visitor.Page.FillAsync("#username_input", name);
        await visitor.Page.FillAsync("#password_input", password);
        await visitor.Page.ClickAsync("#login_submit");
    }

    private static Task<string> FocusAsync(PageVisitor visitor) => visitor.Page.EvaluateAsync<string>("document.activeElement.id");
}
