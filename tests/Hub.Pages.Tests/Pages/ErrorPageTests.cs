using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages;

/// <summary>Errors as a person meets them.</summary>
public sealed class ErrorPageTests(Chromium chromium, FrameHub hub) : IClassFixture<Chromium>, IClassFixture<FrameHub>
{
    [Theory]
    [InlineData("error-403", "/hub/secret-page", 403)]
    [InlineData("error-404", "/hub/nothing", 404)]
    [InlineData("error-413", "/hub/large", 413)]
    [InlineData("error-429", "/hub/busy", 429)]
    [InlineData("error-500", "/hub/broken", 500)]
    [InlineData("error-503", "/hub/locked", 503)]
    [InlineData("error-proxy-503", "/services/dead/", 503)]
    [InlineData("error-proxy-504", "/hub/error/504?url=%2Fuser%2Fada%2F", 200)]
    [InlineData("error-proxy-508", "/hub/error/508?url=%2Fuser%2Fada%2F", 200)]
    public async Task An_error_says_what_to_do(string name, string target, int status)
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, hub.Host, "ada");
        var answer = await visitor.GoAsync(target);
        Assert.Equal(status, answer!.Status);
        await visitor.InspectAsync(name);
        await visitor.Page.ClickAsync("#home");
        await visitor.Page.WaitForURLAsync("**/hub/home");
    }

    [Theory]
    [InlineData("error-404-anonymous", "/hub/nothing", 404)]
    [InlineData("error-429-anonymous", "/hub/busy", 429)]
    [InlineData("error-proxy-503-anonymous", "/services/dead/", 503)]
    public async Task Strangers_meet_errors_too(string name, string target, int status)
    {
        await using var visitor = await PageVisitor.ArriveAsync(chromium, hub.Host);
        var answer = await visitor.GoAsync(target);
        Assert.Equal(status, answer!.Status);
        await visitor.InspectAsync(name);
    }

    [Fact]
    public async Task Trying_again_works_without_scripts()
    {
        await using var visitor = await PageVisitor.ArriveAsync(chromium, hub.Host, hasScripts: false);
        await visitor.GoAsync("/hub/busy?a=1");
        var again = visitor.Page.WaitForResponseAsync(response => response.Url.EndsWith("/hub/busy?a=1", StringComparison.Ordinal));
        await visitor.Page.ClickAsync("#retry");
        Assert.Equal(429, (await again).Status);
        await visitor.GoAsync("/hub/nothing?b=2");
        await visitor.Page.ClickAsync("#sign-in");
        await visitor.Page.FillAsync("#username_input", "ada");
        await visitor.Page.FillAsync("#password_input", HubHost.Password);
        await visitor.Page.ClickAsync("#login_submit");
        await visitor.Page.WaitForURLAsync("**/hub/nothing?b=2");
        await Assertions.Expect(visitor.Page.Locator("#home")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Errors_are_told_in_german()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, hub.Host, "ada", language: "de");
        await visitor.GoAsync("/hub/secret-page");
        await Assertions.Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await Assertions.Expect(visitor.Page.Locator("#missing")).ToContainTextAsync("Benutzer anlegen");
        await visitor.InspectAsync("error-403-german");
    }
}
