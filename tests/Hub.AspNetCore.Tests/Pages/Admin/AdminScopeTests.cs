namespace JupyterHub.AspNetCore.Tests.Pages.Admin;

/// <summary>Who may open which page of the administration, what it shows, and what it does.</summary>
public sealed class AdminScopeTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    public static TheoryData<string> Forms =>
    [
        "/hub/admin/add-users", "/hub/admin/users/{user}/edit", "/hub/admin/users/{user}/delete", "/hub/admin/users/{user}/sign-out",
        "/hub/admin/users/{user}/server/start", "/hub/admin/users/{user}/server/stop", "/hub/admin/users/{user}/servers/lab/start",
        "/hub/admin/users/{user}/servers/lab/stop", "/hub/admin/users/{user}/servers/lab/delete", "/hub/admin/stop-servers", "/hub/admin/tokens/{token}/revoke",
    ];

    public static TheoryData<string> Pages =>
        ["/hub/admin", "/hub/admin/add-users", "/hub/admin/users/{user}", "/hub/admin/users/{user}/edit", "/hub/admin/tokens", "/hub/admin/stop-servers/x"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Without_the_scope_of_the_administration_no_page_opens(string page)
    {
        var victim = await VictimAsync();
        var browser = await SignInAsync("admin:users", "read:users", "list:users", "servers", "tokens");
        using var answer = await browser.GetAsync(victim.In(page));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        using var anonymous = await Host.Browser().GetAsync(victim.In(page));
        Assert.Equal(HttpStatusCode.Redirect, anonymous.StatusCode);
        Assert.StartsWith("/hub/login?next=", anonymous.Location(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Without_the_scope_of_the_administration_no_form_does_anything(string form) =>
        await RefusesAsync(form, [HttpStatusCode.Forbidden], "admin:users", "delete:users", "list:users", "servers", "tokens");

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task The_scope_of_the_administration_alone_does_nothing(string form) =>
        await RefusesAsync(form, [HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.SeeOther], "admin-ui");

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Scopes_that_read_change_nothing(string form) => await RefusesAsync(
        form, [HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.SeeOther], "admin-ui", "list:users", "read:users", "read:servers", "read:tokens", "read:roles");

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Scopes_for_others_change_nothing(string form) => await RefusesAsync(
        form,
        [HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.SeeOther],
        "admin-ui", "list:users", "admin:users!user=somebody", "delete:users!group=none", "servers!user=somebody", "tokens!group=none");

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Forms_without_the_session_s_token_do_nothing(string form)
    {
        var victim = await VictimAsync();
        var browser = await Host.SignInAsync("root");
        foreach (var fields in new (string, string)[][] { [("confirmed", "yes")], [("confirmed", "yes"), ("_xsrf", "x")], [("confirmed", "yes"), ("_xsrf", "")] })
        {
            using var answer = await browser.PostFormAsync(victim.In(form), [.. fields, .. Typed]);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        await victim.IsAsBeforeAsync(Host);
    }

    [Fact]
    public async Task Whoever_may_only_open_it_finds_nobody_there()
    {
        var victim = await VictimAsync();
        var browser = await SignInAsync("admin-ui");
        using var answer = await browser.GetAsync("/hub/admin");
        var page = await answer.TextAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("id=\"empty\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(victim.Name, page, StringComparison.Ordinal);
        Assert.DoesNotContain("/hub/admin/tokens\"", page, StringComparison.Ordinal);
        foreach (var target in new[] { $"/hub/admin/users/{victim.Name}", "/hub/admin/users/nobody-at-all" })
        {
            using var other = await browser.GetAsync(target);
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        }

        // Their own tokens everybody may see.
        using var tokens = await browser.GetAsync("/hub/admin/tokens");
        Assert.DoesNotContain("for the matrix", await tokens.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_list_users_sees_their_names_and_no_more()
    {
        var victim = await VictimAsync();
        var page = await PageAsync(await SignInAsync("admin-ui", "list:users"), victim.List);
        Assert.Contains(victim.Url, page, StringComparison.Ordinal);
        Assert.DoesNotContain("formaction=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"state", page, StringComparison.Ordinal);
        Assert.DoesNotContain(victim.Group, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<bdi>lab</bdi>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"add-users\"", page, StringComparison.Ordinal);
        var details = await PageAsync(await SignInAsync("admin-ui", "list:users"), victim.Url);
        foreach (var part in new[] { "id=\"tokens\"", "id=\"roles\"", "id=\"servers\"", "id=\"shares\"", "id=\"edit\"", "id=\"delete\"", "formaction=", victim.Group })
        {
            Assert.DoesNotContain(part, details, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_filter_by_group_shows_its_members_only()
    {
        var (member, other) = (await VictimAsync(), await VictimAsync());
        var browser = await SignInAsync("admin-ui", $"list:users!group={member.Group}", $"read:servers!group={member.Group}", $"read:tokens!group={member.Group}");
        var page = await PageAsync(browser, "/hub/admin");
        Assert.Contains(member.Url, page, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Name, page, StringComparison.Ordinal);
        Assert.Contains("1–1 of 1", page, StringComparison.Ordinal);
        Assert.Contains("class=\"state", page, StringComparison.Ordinal);
        using var hidden = await browser.GetAsync(other.Url);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        var tokens = await PageAsync(browser, "/hub/admin/tokens");
        Assert.Contains(member.Url, tokens, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Name, tokens, StringComparison.Ordinal);
        Assert.DoesNotContain("formaction=", tokens, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list:users!server=x/")]
    [InlineData("list:users!service=x")]
    public async Task A_filter_that_names_no_users_lists_nobody(string scope)
    {
        var victim = await VictimAsync();
        var browser = await SignInAsync("admin-ui", scope, "delete:servers");
        Assert.DoesNotContain(victim.Name, await PageAsync(browser, "/hub/admin"), StringComparison.Ordinal);
        using var answer = await browser.SubmitAsync("/hub/admin/stop-servers", ("confirmed", "yes"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData(new[] { "read:servers" }, false, false)]
    [InlineData(new[] { "read:servers", "start:servers" }, true, false)]
    [InlineData(new[] { "start:servers" }, true, false)]
    [InlineData(new[] { "delete:servers" }, false, true)]
    public async Task Buttons_of_servers_follow_the_scopes(string[] scopes, bool starts, bool stops)
    {
        var victim = await VictimAsync();
        var page = await PageAsync(await SignInAsync(["admin-ui", "list:users", .. scopes]), victim.List);
        Assert.Equal(starts, page.Contains($"formaction=\"{victim.Url}/server/start\"", StringComparison.Ordinal));
        Assert.Equal(stops, page.Contains($"formaction=\"{victim.Url}/server/stop\"", StringComparison.Ordinal));
        Assert.Equal(scopes.Contains("read:servers"), page.Contains("class=\"state", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_administrators_touch_administrators()
    {
        var chief = $"chief{Guid.NewGuid():N}";
        await Host.Data.UserAsync(chief, admin: true);
        var victim = await VictimAsync();
        var browser = await SignInAsync("admin-ui", "admin:users", "list:users", "read:servers");
        var page = await PageAsync(browser, $"/hub/admin/users/{chief}");
        Assert.DoesNotContain("id=\"edit\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"sign-out-everywhere\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"admin\"", await PageAsync(browser, $"{victim.Url}/edit"), StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"admin\"", await PageAsync(browser, "/hub/admin/add-users"), StringComparison.Ordinal);
        foreach (var (target, fields) in new (string, (string, string)[])[]
        {
            ($"/hub/admin/users/{chief}/edit", [("name", "other")]), ($"/hub/admin/users/{chief}/sign-out", [("confirmed", "yes")]),
            ("/hub/admin/add-users", [("names", $"{chief}2"), ("admin", "yes")]),
        })
        {
            using var answer = await browser.SubmitAsync(target, fields);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        // The box is not offered, and posting it does not help.
        using var edited = await browser.SubmitAsync($"{victim.Url}/edit", ("name", victim.Name), ("admin", "yes"));
        Assert.Equal(HttpStatusCode.SeeOther, edited.StatusCode);
        Assert.False((await Host.Data.UserAsync(victim.Name)).Admin);
    }

    private static readonly (string Name, string Value)[] Typed = [("names", "typed-by-a-stranger"), ("name", "typed-by-a-stranger"), ("admin", "yes")];

    private async Task RefusesAsync(string form, HttpStatusCode[] statuses, params string[] scopes)
    {
        var victim = await VictimAsync();
        var browser = await SignInAsync(scopes);
        using var answer = await browser.SubmitAsync(victim.In(form), [("confirmed", "yes"), .. Typed]);
        Assert.Contains(answer.StatusCode, statuses);
        await victim.IsAsBeforeAsync(Host);
    }

    private async Task<string> PageAsync(HubBrowser browser, string target)
    {
        using var answer = await browser.GetAsync(target);
        var page = WebUtility.HtmlDecode(await answer.TextAsync());
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{target}: {answer.StatusCode} {page}");
        return page;
    }

    private async Task<HubBrowser> SignInAsync(params string[] scopes)
    {
        var name = $"visitor{Guid.NewGuid():N}";
        await Host.Data.GrantAsync(name, scopes);
        var browser = await Host.SignInAsync(name);
        using var _ = await browser.GetAsync("/hub/home");
        return browser;
    }

    private Task<AdminVictim> VictimAsync() => AdminVictim.MakeAsync(Host);
}
