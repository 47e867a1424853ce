using JupyterHub.Core.Roles;
using JupyterHub.Core.Roles.Reading;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages.Admin;

/// <summary>Roles as an administrator meets them: every change is looked at before it is made.</summary>
public sealed class RolePageTests(Chromium chromium, HubFixture fixture) : IClassFixture<Chromium>, IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_role_is_made_changed_given_explained_and_taken_away(bool hasScripts)
    {
        var role = $"helpers-{hasScripts}".ToLowerInvariant();
        await Host.Data.UserAsync("grace");
        await Host.Data.GroupAsync($"pupils-{hasScripts}", "pupil");
        await using var visitor = await PageVisitor.SignInAsync(chromium, Host, "root", hasScripts);
        var page = visitor.Page;

        await visitor.GoAsync("/hub/admin/roles");
        await page.ClickAsync("#new-role");
        await page.FillAsync("#name", role);
        await page.FillAsync("#description", "Help the pupils");
        await page.CheckAsync("input[name=scope][value='list:groups']");
        await page.FillAsync("#filtered", $"servers!group=pupils-{hasScripts}");
        await page.ClickAsync("#preview");
        await Assertions.Expect(page.Locator("#scopes-diff > .plus")).ToHaveCountAsync(2);
        Assert.DoesNotContain(await Host.Data.ListAsync<HubRole>(), row => row.Name == role);
        await page.ClickAsync("#apply");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(role);

        await page.FillAsync("#holder", "grace");
        await page.SelectOptionAsync("#expires", "168");
        await page.ClickAsync("#preview-assign");
        await Assertions.Expect(page.Locator("#changes tbody th")).ToHaveTextAsync(["grace"]);
        await Assertions.Expect(page.Locator("#changes .plus").First).ToBeVisibleAsync();
        await page.ClickAsync("#apply");
        await Assertions.Expect(page.Locator("#holders tbody th")).ToHaveTextAsync(["grace"]);
        await Assertions.Expect(page.Locator("#holders tbody time")).ToHaveCountAsync(2);

        await page.ClickAsync("#edit");
        await page.CheckAsync("input[name=scope][value='read:hub']");
        await page.UncheckAsync("input[name=scope][value='list:groups']");
        await page.ClickAsync("#preview");
        await Assertions.Expect(page.Locator("#scopes-diff > .plus")).ToContainTextAsync("read:hub");
        await Assertions.Expect(page.Locator("#scopes-diff > .minus")).ToContainTextAsync("list:groups");
        await Assertions.Expect(page.Locator("#changes .minus").First).ToContainTextAsync("list:groups");
        if (hasScripts)
        {
            await visitor.InspectAsync("admin-role-preview");
        }

        await page.ClickAsync("#apply");
        await visitor.GoAsync($"/hub/admin/access?user=grace&scope=delete:servers&server=pupil/");
        await Assertions.Expect(page.Locator("#answer")).ToHaveAttributeAsync("data-allowed", "true");
        await Assertions.Expect(page.Locator("#chains .chain li").First).ToContainTextAsync("grace");
        await Assertions.Expect(page.Locator("#chains")).ToContainTextAsync(role);

        await visitor.GoAsync("/hub/admin/roles/" + role);
        await page.ClickAsync("#holders button");
        await Assertions.Expect(page.Locator("#changes .minus").First).ToBeVisibleAsync();
        await page.ClickAsync("#apply");
        await Assertions.Expect(page.Locator("#holders")).ToHaveCountAsync(0);
        await page.ClickAsync("#delete");
        await page.ClickAsync("#apply");
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(role);
        Assert.DoesNotContain(await Host.Data.ListAsync<HubRole>(), row => row.Name == role);
    }

    [Fact]
    public async Task The_list_and_a_role_are_shown_with_origin_holders_and_words()
    {
        await Host.Data.GroupAsync(AdminNames.RightToLeft, "ada");
        var role = await Host.Data.AddAsync(new HubRole
        {
            Name = "a-role-with-a-very-long-name-that-goes-on-and-on-for-64-characters",
            Description = $"{AdminNames.Emoji} {AdminNames.RightToLeft} {AdminNames.Long}",
            Scopes = ["admin:servers", "read:users!group=physics", "self", "access:services!service=wiki", "custom:gone"],
        });
        await Host.Data.AddAsync(new RoleOrigin { RoleId = role.Id, Origin = RoleOrigins.Api, Creator = "user root", CreatedAt = DateTime.UtcNow, ExpiresAt = DateTime.UtcNow.AddDays(3) });
        foreach (var name in new[] { "ada", AdminNames.Long })
        {
            await Host.Data.AddAsync(new UserRole { RoleId = role.Id, UserId = (await Host.Data.UserAsync(name)).Id });
        }

        await using var visitor = await PageVisitor.SignInAsync(chromium, Host, "root");
        await visitor.GoAsync("/hub/admin/roles");
        await visitor.InspectAsync("admin-roles");
        await visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = role.Name }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("#scopes > li")).ToHaveCountAsync(5);
        await visitor.InspectAsync("admin-role");
        await visitor.GoAsync("/hub/admin/roles/admin");
        await Assertions.Expect(visitor.Page.Locator("#edit")).ToHaveCountAsync(0);
        await Assertions.Expect(visitor.Page.Locator("#origin")).ToContainTextAsync("JupyterHub:LoadRoles");
        await visitor.InspectAsync("admin-role-protected");
    }

    [Fact]
    public async Task A_scope_that_does_not_exist_is_told_beside_the_field()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, Host, "root");
        await visitor.GoAsync("/hub/admin/roles/~new");
        await visitor.InspectAsync("admin-role-new");
        await visitor.Page.FillAsync("#name", "typo");
        await visitor.Page.FillAsync("#filtered", "read:user\nread:users!grup=x\nread:hub");
        await visitor.Page.ClickAsync("#preview");
        await Assertions.Expect(visitor.Page.Locator("#filtered-error")).ToContainTextAsync("read:user");
        Assert.Equal("read:user\nread:users!grup=x\nread:hub", await visitor.Page.InputValueAsync("#filtered"));
        await visitor.InspectAsync("admin-role-error");
        await visitor.Page.FillAsync("#scope-filter", "shut");
        Assert.Equal(1, await visitor.Page.Locator("#catalogue [data-item]:visible").CountAsync());
    }

    [Fact]
    public async Task A_change_by_somebody_else_between_look_and_apply_is_told()
    {
        var role = await Host.Data.AddAsync(new HubRole { Name = "contested", Scopes = ["list:users"] });
        await Host.Data.AddAsync(new RoleOrigin { RoleId = role.Id, Origin = RoleOrigins.Api, CreatedAt = DateTime.UtcNow });
        await using var visitor = await PageVisitor.SignInAsync(chromium, Host, "root");
        var page = visitor.Page;
        await visitor.GoAsync("/hub/admin/roles/contested/edit");
        await page.CheckAsync("input[name=scope][value='list:groups']");
        await page.ClickAsync("#preview");
        await using (var other = await PageVisitor.SignInAsync(chromium, Host, "root"))
        {
            await other.GoAsync("/hub/admin/roles/contested/edit");
            await other.Page.CheckAsync("input[name=scope][value='read:hub']");
            await other.Page.ClickAsync("#preview");
            await other.Page.ClickAsync("#apply");
            await Assertions.Expect(other.Page.Locator("#notice")).ToBeVisibleAsync();
        }

        await page.ClickAsync("#apply");
        await Assertions.Expect(page.Locator("#stale")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#scopes-diff > .minus")).ToContainTextAsync("read:hub");
        await visitor.InspectAsync("admin-role-conflict");
        await page.ClickAsync("#apply");
        await Assertions.Expect(page.Locator("#notice")).ToBeVisibleAsync();
        var now = await Host.Get<RoleReader>().FindAsync("contested", RoleVisibility.Everything, 0, 1, CancellationToken.None);
        Assert.Equal(["list:groups", "list:users"], now!.Role.Scopes);
    }
}
