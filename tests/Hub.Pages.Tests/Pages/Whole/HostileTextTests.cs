using JupyterHub.Core.Addressing;
using JupyterHub.Core.Announcements;
using JupyterHub.Core.Events;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages.Whole;

/// <summary>
/// GHSA-c4gm-pwx9-9w8j (an address shown unescaped) for every text and every page: a browser that meets them runs nothing of it, has no element,
/// handler or address of it, and has nothing to report to the content security policy.
/// </summary>
public sealed class HostileTextTests(Chromium chromium, HostileHub hub) : IClassFixture<Chromium>, IClassFixture<HostileHub>
{
    private static readonly string Person = PathNames.Escape(HostileHub.Person);

    /// <summary>Every parameter that any page reads, within what a server takes as an address.</summary>
    private static readonly string Query = string.Join('&', new[] { "next", "url", "username", "search", "name", "note", "scope", "on", "kind", "who", "ask", "state", "sort", "after", "page", "link", "until", "opt-o1", "opt-x", "client_id", "redirect_uri", "error" }
        .Select(name => $"{name}={Uri.EscapeDataString("javascript:alert(1)//\"><script>alert(1)</script><img src=x onerror=alert(1)>' onfocus='alert(1)")}"));

    /// <summary>Pages of everybody who is signed in, with the least number of hostile texts that each shows.</summary>
    private static IEnumerable<(string Path, int Texts)> OwnPages(string code) =>
    [
        ("home", 20), ("home/rename/n1", 1), ("token", 20), ("sharing", 20), ($"sharing/{Person}/ready", 20), ($"sharing/{Person}/ready?link=sc_1", 20),
        ("spawn", 20), ($"spawn/{Person}/n3", 1), ($"spawn-pending/{Person}/slow", 20), ($"spawn-pending/{Person}/failed", 20), ($"spawn-pending/{Person}/n2", 1),
        ($"user/{Person}/n2/x", 0), ($"accept-share?code={code}", 1), ($"accept-share?code={Uri.EscapeDataString(HostileHub.All)}", 0), ("error/503?url=%2Fuser%2Fx", 0),
        ($"api/oauth2/authorize?response_type=code&client_id=service-hostile-1&state={Uri.EscapeDataString(HostileHub.All)}", 1), ($"admin?x={Uri.EscapeDataString(HostileHub.All)}", 0),
    ];

    private static IEnumerable<(string Path, int Texts)> AdminPages =>
    [
        ("admin", 20), ("admin/add-users", 0), ($"admin/users/{Person}", 20), ($"admin/users/{Person}/edit", 1), ("admin/tokens", 20), ("admin/groups", 20), ("admin/roles", 20), ("admin/roles/~new", 0),
        ("admin/roles/hostile-1", 1), ("admin/roles/hostile-1/edit", 1), ("admin/services", 20), ("admin/events", 0), ("admin/routes", 1), ("admin/hub", 0), ("admin/access", 0),
        ($"admin/access?user={Person}&scope=list:users", 1), ("admin/access?scope=list:users", 1), ($"admin/access?user={Person}&scope={Uri.EscapeDataString(HostileHub.All)}", 1),
        .. HostileHub.Texts.Take(4).Select(text => ($"admin/groups/{PathNames.Escape(text)}", 1)), .. HostileHub.Texts.Skip(4).Take(3).Select(text => ($"admin/roles/{PathNames.Escape(text)}", 1)),
    ];

    [Fact]
    public async Task GHSA_c4gm_pwx9_9w8j_every_page_of_a_user_shows_it_as_text()
    {
        await using var visitor = await SignInAsync(HostileHub.Person);
        await VisitAsync(visitor, OwnPages(hub.ShareCode));
        await VisitAsync(visitor, new[] { "home", "token", "sharing", "spawn", $"spawn-pending/{Person}/n2", "accept-share", "error/404", "api/oauth2/authorize", "user-redirect/x", "admin" }.Select(path => ($"{path}?{Query}", 0)));
    }

    [Fact]
    public async Task GHSA_c4gm_pwx9_9w8j_every_page_of_the_administration_shows_it_as_text()
    {
        await using var visitor = await SignInAsync("root");
        await VisitAsync(visitor, AdminPages);
        await VisitAsync(visitor, new[] { "admin", "admin/tokens", "admin/groups", "admin/roles", "admin/services", "admin/access", "admin/events", "admin/stop-servers/x" }.Select(path => ($"{path}?{Query}", 0)));

        // Events come by a script, which makes elements of them.
        await visitor.GoAsync("/hub/admin/events");
        await Assertions.Expect(visitor.Page.Locator("#connection")).ToHaveClassAsync("state ready");
        foreach (var text in HostileHub.Texts)
        {
            hub.Host.Get<HubEvents>().Add(HubEventKind.GroupCreated, text);
        }

        await Assertions.Expect(visitor.Page.Locator("#events > li", new() { HasText = "onfocus" })).ToHaveCountAsync(1);
        await Eventually.TrueAsync("all texts", async () => await HostileElements.CountAsync(visitor.Page, HostileHub.Texts) == HostileHub.Texts.Length);
        Assert.Empty(await HostileElements.FindAsync(visitor.Page));
    }

    [Fact]
    public async Task GHSA_c4gm_pwx9_9w8j_every_page_of_a_stranger_shows_it_as_text()
    {
        await using var visitor = await PageVisitor.ArriveAsync(chromium, hub.Host);
        await visitor.Page.AddInitScriptAsync(HostileElements.Trap);
        await VisitAsync(visitor, new[] { "login", "error/500", "nothing/" + Uri.EscapeDataString(HostileHub.All), "home", "accept-share", $"user/{Person}/" }.Select(path => ($"{path}?{Query}", 0)));
        foreach (var text in HostileHub.Texts)
        {
            await hub.Host.Get<PageAnnouncements>().SetAsync("login", text, "user root", CancellationToken.None);
            await visitor.GoAsync($"/hub/login?next={Uri.EscapeDataString(text)}&username={Uri.EscapeDataString(text)}");
            await CheckAsync(visitor, "login");
        }
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", false, "script: ")]
    [InlineData("<script>alert(1)</script>", true, "a script has run")]
    [InlineData("<img src=x onerror=alert(1)>", true, "handler: ")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>", false, "address: ")]
    [InlineData("<base href=//evil.example/>", false, "elsewhere: ")]
    [InlineData("<style>*{display:none}</style>", false, "element: ")]
    public async Task A_page_that_echoes_is_found_out(string text, bool isUnguarded, string expected)
    {
        await using var visitor = await PageVisitor.ArriveAsync(chromium, hub.Host);
        await visitor.Page.AddInitScriptAsync(HostileElements.Trap);
        await visitor.GoAsync($"/hub/{HostileHub.Raw}?text={Uri.EscapeDataString(text)}{(isUnguarded ? "&unguarded=yes" : "")}");
        Assert.Contains(await HostileElements.FindAsync(visitor.Page), found => found.StartsWith(expected, StringComparison.Ordinal));
        visitor.ExpectProblems();
    }

    [Fact]
    public async Task What_the_policy_blocks_is_found_out()
    {
        await using var visitor = await PageVisitor.ArriveAsync(chromium, hub.Host);
        await visitor.GoAsync($"/hub/{HostileHub.Raw}?text={Uri.EscapeDataString("<script>alert(1)</script>")}");
        visitor.ExpectProblems();
        await Eventually.TrueAsync("the browser tells of it", () => visitor.Problems.Any(problem => problem.Contains("Content Security Policy", StringComparison.Ordinal)));
    }

    private async Task<PageVisitor> SignInAsync(string name)
    {
        var visitor = await PageVisitor.SignInAsync(chromium, hub.Host, name);
        await visitor.Page.AddInitScriptAsync(HostileElements.Trap);
        return visitor;
    }

    private static async Task VisitAsync(PageVisitor visitor, IEnumerable<(string Path, int Texts)> pages)
    {
        List<string> problems = [];
        foreach (var (path, texts) in pages)
        {
            var answer = await visitor.GoAsync("/hub/" + path);
            var place = path.Length > 80 ? path[..80] : path;
            problems.AddRange((await HostileElements.FindAsync(visitor.Page)).Concat(visitor.TakeProblems()).Select(problem => $"{place}: {problem}"));
            var shown = await HostileElements.CountAsync(visitor.Page, HostileHub.Texts);
            if (answer!.Status >= 500 && !path.EndsWith("/failed", StringComparison.Ordinal))
            {
                problems.Add($"{place} answered {answer.Status}");
            }

            if (shown < texts)
            {
                problems.Add($"{place} ({answer.Status}, {visitor.Page.Url}) shows {shown} of the texts, not {texts}: that is no test of them.");
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static async Task CheckAsync(PageVisitor visitor, string path)
    {
        var found = (await HostileElements.FindAsync(visitor.Page)).Concat(visitor.TakeProblems()).ToList();
        Assert.True(found.Count == 0, $"{path}: {string.Join('\n', found)}");
    }
}
