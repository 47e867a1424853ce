using JupyterHub.Core.Groups;
using JupyterHub.Core.Roles;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages.Admin;

/// <summary>Questions about access as an administrator asks them.</summary>
public sealed class AccessPageTests(Chromium chromium, HubFixture fixture) : IClassFixture<Chromium>, IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Why_somebody_may_is_told_step_by_step(bool hasScripts)
    {
        await EnsureAsync();
        await using var visitor = await PageVisitor.SignInAsync(chromium, Host, "root", hasScripts);
        var page = visitor.Page;
        await visitor.GoAsync("/hub/admin/access");
        await page.FillAsync("#why-name", AdminNames.Long);
        await page.FillAsync("#why-scope", "read:servers");
        await page.SelectOptionAsync("#why-kind", "server");
        await page.FillAsync("#why-on", "pupil/lab");
        await page.ClickAsync("#ask-why");
        await Assertions.Expect(page.Locator("#answer")).ToHaveAttributeAsync("data-allowed", "true");
        await Assertions.Expect(page.Locator("#chains .chain li")).ToHaveCountAsync(6);
        await page.ClickAsync("#link");
        await page.WaitForURLAsync($"**user={AdminNames.Long}**");
        await Assertions.Expect(page.Locator("#answer")).ToHaveAttributeAsync("data-allowed", "true");
        if (hasScripts)
        {
            await visitor.InspectAsync("admin-access-yes");
        }

        await page.ClickAsync("#who-link");
        await Assertions.Expect(page.Locator("#holders")).ToContainTextAsync(AdminNames.Long);
        if (hasScripts)
        {
            await visitor.InspectAsync("admin-access-who");
        }
    }

    [Fact]
    public async Task What_somebody_may_not_do_is_told_with_what_would_do()
    {
        await EnsureAsync();
        await using var visitor = await PageVisitor.SignInAsync(chromium, Host, "root");
        await visitor.GoAsync("/hub/admin/access");
        await visitor.InspectAsync("admin-access");
        await visitor.GoAsync("/hub/admin/access?user=pupil&scope=access:servers&server=root/");
        await Assertions.Expect(visitor.Page.Locator("#nearest li").First).ToHaveTextAsync("access:servers!server=root/");
        await visitor.InspectAsync("admin-access-no");
        await visitor.GoAsync("/hub/admin/access?user=&scope=acces:servers&ask=why");
        await Assertions.Expect(visitor.Page.Locator("#why-scope-error")).ToBeVisibleAsync();
        await visitor.InspectAsync("admin-access-error");
    }

    private async Task EnsureAsync()
    {
        if (await Host.Get<GroupListing>().FindAsync("teachers", CancellationToken.None) is not null)
        {
            return;
        }

        await Host.Data.GroupAsync("pupils", "pupil");
        var group = await Host.Data.GroupAsync("teachers", AdminNames.Long);
        var role = await Host.Data.AddAsync(new HubRole { Name = "look-after-pupils", Scopes = ["admin:servers!group=pupils"] });
        await Host.Data.AddAsync(new GroupRole { GroupId = group.Id, RoleId = role.Id });
    }
}
