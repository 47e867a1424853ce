using System.Text.RegularExpressions;
using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Tests.Pages.Admin;

/// <summary>The list of users: what its address asks for, also where that makes no sense.</summary>
public sealed partial class AdminListTests : IAsyncLifetime
{
    private HubHost host = null!;
    private HubBrowser browser = null!;

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.AllowNamedServers = true);
        browser = await host.SignInAsync("root");
        await host.Get<UserCreation>().CreateAsync([.. Enumerable.Range(0, 119).Select(index => $"u{index:000}")], admin: false, CancellationToken.None);
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task It_comes_in_pages_that_can_be_linked()
    {
        var page = await PageAsync("/hub/admin");
        Assert.Equal(["root", .. Names(0, 49)], NamesOf(page));
        Assert.Contains("1&#x2013;50 of 120", page, StringComparison.Ordinal);
        Assert.Equal(Names(49, 50), NamesOf(await PageAsync(LinkOf(page, "next-page"))));
        var last = await PageAsync(LinkOf(page, "last-page"));
        Assert.Equal(Names(99, 20), NamesOf(last));
        Assert.DoesNotContain("id=\"next-page\"", last, StringComparison.Ordinal);
        Assert.Equal(Names(49, 50), NamesOf(await PageAsync(LinkOf(last, "previous-page"))));
        var wide = await PageAsync("/hub/admin?size=100&page=2&sort=-name");
        Assert.Equal([.. Names(0, 19).Reverse(), "root"], NamesOf(wide));
        Assert.Equal("/hub/admin?sort=-name&size=100", LinkOf(wide, "previous-page"));
    }

    [Fact]
    public async Task It_is_searched_sorted_and_filtered()
    {
        await host.StartServerAsync("u042");
        await host.Get<PendingActivity>().WriteAsync();
        Assert.Equal(["u110", "u111", "u112", "u113", "u114", "u115", "u116", "u117", "u118"], NamesOf(await PageAsync("/hub/admin?search=U11")));
        Assert.Equal(["u042"], NamesOf(await PageAsync("/hub/admin?state=active")));
        Assert.Equal(["u042"], NamesOf(await PageAsync("/hub/admin?state=ready&search=u")));
        Assert.DoesNotContain("u042", NamesOf(await PageAsync("/hub/admin?state=inactive&size=200")));
        Assert.Equal("root", NamesOf(await PageAsync("/hub/admin?sort=id"))[0]);
        Assert.Equal("u118", NamesOf(await PageAsync("/hub/admin?sort=-id"))[0]);
        Assert.Equal("u042", NamesOf(await PageAsync("/hub/admin?sort=-last_activity&search=u"))[0]);
        var none = await PageAsync("/hub/admin?search=nobody-has-this");
        Assert.Empty(NamesOf(none));
        Assert.Contains("id=\"clear\" href=\"/hub/admin\"", none, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("page=-1")]
    [InlineData("page=0")]
    [InlineData("page=x&size=7&sort=evil&state=evil")]
    [InlineData("size=-50&sort=--name")]
    [InlineData("search=&state=")]
    [InlineData("sort=name%3BDROP%20TABLE%20users")]
    [InlineData("search=%00")]
    [InlineData("page[]=2&size[]=25&search[]=u")]
    public async Task What_makes_no_sense_is_as_if_it_were_not_there(string query) =>
        Assert.Equal(["root", .. Names(0, 49)], NamesOf(await PageAsync("/hub/admin?" + query)));

    [Theory]
    [InlineData("page=99999")]
    [InlineData("page=10000000&size=200")]
    [InlineData("page=2147483647&size=200")]
    public async Task Behind_the_end_is_the_way_back(string query)
    {
        var page = await PageAsync("/hub/admin?" + query);
        Assert.Empty(NamesOf(page));
        Assert.NotEmpty(NamesOf(await PageAsync(LinkOf(page, "previous-page"))));
    }

    [Fact]
    public async Task Numbers_that_are_none_and_long_texts_are_no_error()
    {
        Assert.Equal(50, NamesOf(await PageAsync("/hub/admin?page=99999999999999999999")).Count);
        Assert.Equal(50, NamesOf(await PageAsync($"/hub/admin?search={new string('x', 3000)}")).Count);
        Assert.Empty(NamesOf(await PageAsync($"/hub/admin?search={new string('x', 255)}")));
        foreach (var hostile in new[] { "'; DROP TABLE users; --", "\"><script>alert(1)</script>", "%", "' OR 1=1", "\\", "u000\u0000" })
        {
            var page = await PageAsync($"/hub/admin?search={Uri.EscapeDataString(hostile)}");
            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        }

        Assert.Equal(120, (await host.Data.ListAsync<HubUser>()).Count);
    }

    [Fact]
    public async Task A_page_costs_a_few_statements_however_many_users_it_has()
    {
        await using var watched = await HubHost.StartAsync();
        using var counter = new SqlCounter(watched);
        await watched.Get<UserCreation>().CreateAsync([.. Enumerable.Range(0, 400).Select(index => $"u{index:000}")], admin: false, CancellationToken.None);
        var visitor = await watched.SignInAsync("root");
        foreach (var size in new[] { 25, 200 })
        {
            counter.Take();
            using var answer = await visitor.GetAsync($"/hub/admin?size={size}");
            Assert.Equal(size, NamesOf(await answer.TextAsync()).Count);

            // The page, its total, and roles, groups and servers of those on it.
            Assert.InRange(counter.Take().Count(text => text.Contains("users", StringComparison.Ordinal) || text.Contains("spawners", StringComparison.Ordinal)), 1, 8);
        }
    }

    private static IEnumerable<string> Names(int from, int count) => Enumerable.Range(from, count).Select(index => $"u{index:000}");

    private static IReadOnlyList<string> NamesOf(string page) => [.. Users().Matches(page).Select(match => match.Groups["name"].Value)];

    private static string LinkOf(string page, string id)
    {
        var match = Regex.Match(page, $"id=\"{id}\"[^>]*href=\"(?<url>[^\"]*)\"");
        Assert.True(match.Success, $"There is no link {id}: {page}");
        return WebUtility.HtmlDecode(match.Groups["url"].Value);
    }

    private async Task<string> PageAsync(string target)
    {
        using var answer = await browser.GetAsync(target);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.TextAsync();
    }

    [GeneratedRegex("""<th scope="row">\s*<a href="/hub/admin/users/[^"]*"><bdi>(?<name>[^<]*)</bdi>""")]
    private static partial Regex Users();
}
