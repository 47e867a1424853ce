using System.Text.Json.Nodes;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Roles;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages.Admin;

/// <summary>Groups as an administrator meets them.</summary>
public sealed class GroupPageTests(Chromium chromium, HubFixture fixture) : IClassFixture<Chromium>, IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task The_list_shows_every_kind_of_name_and_finds_groups_by_parts_of_theirs()
    {
        await using var host = await HubHost.StartAsync();
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root");
        await visitor.GoAsync("/hub/admin/groups");
        await visitor.InspectAsync("admin-groups-empty");

        foreach (var name in new[] { AdminNames.Long, AdminNames.Emoji, AdminNames.RightToLeft })
        {
            await host.Data.GroupAsync(name, "ada", "grace");
        }

        await AddManyAsync(host, 120);
        await visitor.GoAsync("/hub/admin/groups");
        await visitor.InspectAsync("admin-groups");
        await visitor.Page.ClickAsync("#next-page");
        await Assertions.Expect(visitor.Page.Locator("#previous-page")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator("#groups tbody tr")).ToHaveCountAsync(50);
        await visitor.Page.WaitForLoadStateAsync();

        await visitor.Page.FillAsync("#search", "GROUP-07");
        await visitor.Page.Locator("#search").PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**?search=GROUP-07");
        Assert.Equal(10, await visitor.Page.Locator("#groups tbody tr").CountAsync());
        await visitor.GoAsync("/hub/admin/groups?search=%25");
        Assert.Equal(0, await visitor.Page.Locator("#groups").CountAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Groups_are_made_filled_emptied_and_deleted(bool hasScripts)
    {
        var name = $"physics & more/{hasScripts}";
        await Host.Data.UserAsync("ada");
        await Host.Data.UserAsync("grace");
        await using var visitor = await PageVisitor.SignInAsync(chromium, Host, "root", hasScripts);
        var page = visitor.Page;
        await visitor.GoAsync("/hub/admin/groups");
        await page.FillAsync("#names", name);
        await page.ClickAsync("#create-groups");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(name);

        await page.FillAsync("#new-members", "Ada\n  grace \nnobody-here");
        await page.ClickAsync("#add-members");
        await Assertions.Expect(page.Locator("#added li")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator("#added li.error")).ToContainTextAsync("nobody-here");
        await Assertions.Expect(page.Locator("#members bdi")).ToHaveTextAsync(["ada", "grace"]);

        await page.CheckAsync("input[name=member][value=ada]");
        await page.ClickAsync("#remove-members");
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync("ada");
        await Assertions.Expect(page.Locator("#members bdi")).ToHaveTextAsync(["grace"]);

        await page.ClickAsync("#delete");
        await Assertions.Expect(page.Locator("main li")).ToHaveTextAsync(["Its one member stays a user."]);
        await page.ClickAsync("#confirm");
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(name);
        Assert.Null(await Host.Get<GroupListing>().FindAsync(name, CancellationToken.None));
    }

    [Fact]
    public async Task A_group_is_shown_with_members_roles_and_properties()
    {
        var group = await Host.Data.GroupAsync(AdminNames.Emoji, [.. Enumerable.Range(0, 60).Select(number => $"member-{number:00}"), AdminNames.Long]);
        var role = await Host.Data.AddAsync(new HubRole { Name = "lab-people", Scopes = ["list:users"] });
        await Host.Data.AddAsync(new GroupRole { GroupId = group.Id, RoleId = role.Id });
        await Host.Get<GroupChanges>().ReplacePropertiesAsync(
            AdminNames.Emoji, new JsonObject { ["building"] = "A", ["seats"] = 12, ["open"] = true, ["rooms"] = new JsonArray(1, 2) }, null, CancellationToken.None);
        await using var visitor = await PageVisitor.SignInAsync(chromium, Host, "root");
        await visitor.GoAsync("/hub/admin/groups/" + Uri.EscapeDataString(AdminNames.Emoji));
        await visitor.InspectAsync("admin-group");
        Assert.Equal(["lab-people"], await visitor.Page.Locator("#roles tbody th").AllTextContentsAsync());
        await visitor.Page.FillAsync("#search", "05");
        await visitor.Page.Locator("#search").PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("#members bdi")).ToHaveTextAsync(["member-05"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Properties_are_edited_as_pairs_and_as_JSON_and_errors_stand_beside_the_field(bool hasScripts)
    {
        var name = $"props-{hasScripts}";
        await Host.Data.GroupAsync(name);
        await using var visitor = await PageVisitor.SignInAsync(chromium, Host, "root", hasScripts);
        var page = visitor.Page;
        await visitor.GoAsync("/hub/admin/groups/" + name);
        await page.FillAsync("#name-0", "seats");
        await page.SelectOptionAsync("#type-0", "number");
        await page.FillAsync("#value-0", "twelve");
        await page.ClickAsync("#save-pairs");
        await Assertions.Expect(page.Locator("#value-0-error")).ToBeVisibleAsync();
        Assert.Equal("twelve", await page.InputValueAsync("#value-0"));
        if (hasScripts)
        {
            await visitor.InspectAsync("admin-group-error");
        }

        await page.FillAsync("#value-0", "12");
        await page.ClickAsync("#save-pairs");
        await Assertions.Expect(page.Locator("#notice")).ToBeVisibleAsync();
        Assert.Equal("""{"seats":12}""", await PropertiesAsync(name));

        await page.ClickAsync("summary");
        await page.FillAsync("#json", "{\n  \"seats\": 12,\n  \"rooms\": [1, }");
        await page.ClickAsync("#save-json");
        await Assertions.Expect(page.Locator("#json-error")).ToContainTextAsync("line 3");
        await page.FillAsync("#json", """{"rooms": [1, 2]}""");
        await page.ClickAsync("#save-json");
        await Assertions.Expect(page.Locator("#notice")).ToBeVisibleAsync();
        Assert.Equal("""{"rooms":[1,2]}""", await PropertiesAsync(name));
    }

    private async Task<string?> PropertiesAsync(string name) => (await Host.Get<GroupListing>().FindAsync(name, CancellationToken.None))!.Properties?.ToJsonString();

    private static Task<int> AddManyAsync(HubHost host, int count) => host.Database.WriteAsync(
        (db, _) =>
        {
            db.Groups.AddRange(Enumerable.Range(0, count).Select(number => new HubGroup { Name = $"group-{number:000}" }));
            return Task.FromResult(count);
        },
        CancellationToken.None);
}
