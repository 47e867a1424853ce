using System.Net;
using JupyterHub.IntegrationTests.Harness;

namespace JupyterHub.IntegrationTests.Workspaces;

/// <summary>One workspace, and everything that somebody might throw at it through the hub's proxy.</summary>
public sealed class WorkspaceGuardTests(GuardedWorkspace workspace) : IClassFixture<GuardedWorkspace>
{
    private readonly HubProcess hub = workspace.Hub;
    private readonly HubVisitor ada = workspace.Ada;

    [Fact]
    public async Task Its_version_is_open_to_everybody_and_nothing_else_is()
    {
        using var stranger = new Browser(hub.Address);
        var version = await stranger.OpenOnceAsync("/user/ada/api");
        version.MustBe(HttpStatusCode.OK);
        Assert.Equal("6.0.0", version.Json["version"]!.GetValue<string>());
        Assert.Equal("6.0.0", Assert.Single(version.Response.Headers.GetValues("X-JupyterHub-Version")));

        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.OpenOnceAsync("/user/ada/api/me")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.CallWithTokenAsync(HttpMethod.Get, "/user/ada/", "wrong")).Status);
        var page = await stranger.OpenOnceAsync("/user/ada/");
        Assert.Equal(HttpStatusCode.Found, page.Status);
        Assert.Equal("/hub/api/oauth2/authorize", page.Location?.AbsolutePath);
    }

    [Fact]
    public async Task Sockets_of_other_sites_and_of_strangers_are_refused()
    {
        const string socket = "/user/ada/ws";
        using var stranger = new Browser(hub.Address);
        var own = hub.Address.GetLeftPart(UriPartial.Authority);

        Assert.Equal(HttpStatusCode.Forbidden, await LiveClient.RefusalAsync(stranger, socket, own));
        Assert.Equal(HttpStatusCode.Forbidden, await LiveClient.RefusalAsync(ada.Browser, socket, "http://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await LiveClient.RefusalAsync(ada.Browser, socket, "null"));
        Assert.Equal(HttpStatusCode.Forbidden, await LiveClient.RefusalAsync(ada.Browser, socket, null));
    }

    [Theory]
    [InlineData("/user/ada/oauth_callback")]
    [InlineData("/user/ada/oauth_callback?state=&code=x")]
    [InlineData("/user/ada/oauth_callback?state=guess&code=x")]
    [InlineData("/user/ada/oauth_callback?state=guess&error=access_denied&error_description=%3Cscript%3E")]
    public async Task A_callback_that_this_browser_did_not_ask_for_is_refused(string path)
    {
        var page = await ada.Browser.OpenOnceAsync(path);

        page.MustBe(HttpStatusCode.Forbidden);
        Assert.DoesNotContain("<script>", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_hub_says_is_shown_and_not_executed()
    {
        using var visitor = new Browser(hub.Address);
        var begin = await visitor.OpenOnceAsync("/user/ada/");
        var state = QueryOf(begin.Location!)["state"];

        var page = await visitor.OpenOnceAsync($"/user/ada/oauth_callback?state={state}&error=x&error_description=%3Cb%3Eno%3C/b%3E");

        page.MustBe(HttpStatusCode.BadRequest);
        Assert.Contains("&lt;b&gt;no&lt;/b&gt;", page.Body, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        // A state works once.
        (await visitor.OpenOnceAsync($"/user/ada/oauth_callback?state={state}&code=x")).MustBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/user/ada//evil.example/x")]
    [InlineData("/user/ada/%2F%2Fevil.example")]
    [InlineData("/user/ada/?next=//evil.example")]
    [InlineData("/user/ada/\\evil.example")]
    public async Task Signing_in_never_leads_away(string path)
    {
        using var visitor = new HubVisitor(hub, "ada");
        await visitor.MustSignInAsync();

        // Following refuses to leave the hub's own address.
        var page = await visitor.Browser.OpenAsync(path);

        Assert.StartsWith("/user/ada/", page.Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_user_does_not_get_in()
    {
        using var eve = new HubVisitor(hub, "eve");
        await eve.MustSignInAsync();

        var page = await eve.Browser.OpenAsync("/user/ada/");

        page.MustBe(HttpStatusCode.Forbidden);
        Assert.DoesNotContain("id=\"live\"", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_that_is_not_genuine_is_no_sign_in()
    {
        using var forger = new Browser(hub.Address);
        forger.Cookies.Store("jupyterhub-user-ada=CfDJ8forged; Path=/user/ada/", "/user/ada/");

        Assert.Equal(HttpStatusCode.Found, (await forger.OpenOnceAsync("/user/ada/")).Status);
    }

    private static Dictionary<string, string> QueryOf(Uri address) =>
        address.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
}
