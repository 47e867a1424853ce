using JupyterHub.Core.Users;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages.Admin;

/// <summary>The page about one user, and the forms that change users.</summary>
public sealed class AdminUserPageTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private HubHost host = null!;

    public async Task InitializeAsync() => host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.AllowNamedServers = true);

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task Everything_about_a_user_is_shown()
    {
        await AdminCrowd.FillAsync(host);
        await AdminCrowd.FillTokensAsync(host);
        await host.StartServerAsync(AdminCrowd.Busy);
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root");
        await visitor.GoAsync($"/hub/admin/users/{AdminCrowd.Busy}");
        await Assertions.Expect(visitor.Page.Locator("#servers tbody tr")).ToHaveCountAsync(51);
        await Assertions.Expect(visitor.Page.Locator("#roles tbody tr")).ToHaveCountAsync(2);
        await Assertions.Expect(visitor.Page.Locator("#shares tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Page.Locator("#user-info")).ToContainTextAsync("Zoë <Zed>");
        await visitor.InspectAsync("admin-user");
        foreach (var (index, name) in AdminCrowd.Odd.Index())
        {
            await visitor.GoAsync($"/hub/admin/users/{Core.Addressing.PathNames.Escape(name)}");
            await Assertions.Expect(visitor.Page.Locator("h1 bdi")).ToHaveTextAsync(name);
            if (index < 3)
            {
                await visitor.InspectAsync($"admin-user-odd-{index}");
            }
        }
    }

    [Fact]
    public async Task A_user_is_renamed_and_deleted()
    {
        await host.Data.UserAsync("student07");
        await host.Data.UserAsync("student08");
        await host.StartServerAsync("student07");
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root");
        var page = visitor.Page;
        await visitor.GoAsync("/hub/admin/users/student07");
        await page.ClickAsync("#edit");
        await visitor.InspectAsync("admin-user-edit");
        await page.FillAsync("#name", "student99");
        await page.ClickAsync("#save");
        await Assertions.Expect(page.Locator("#name-error")).ToBeVisibleAsync();
        Assert.Equal("student99", await page.InputValueAsync("#name"));
        await visitor.InspectAsync("admin-user-edit-error");
        await visitor.GoAsync("/hub/admin/users/student08/edit");
        await page.FillAsync("#name", "student88");
        await page.CheckAsync("#admin");
        await page.ClickAsync("#save");
        await page.WaitForURLAsync("**/hub/admin/users/student88");
        Assert.True((await host.Data.UserAsync("student88")).Admin);
        await visitor.GoAsync("/hub/admin/users/student07");
        await page.ClickAsync("#delete");
        await Assertions.Expect(page.Locator("main li")).ToHaveCountAsync(1);
        await visitor.InspectAsync("admin-user-delete");
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();
        await page.WaitForURLAsync("**/hub/admin/users/student07");
        await page.ClickAsync("#delete");
        await page.ClickAsync("#confirm");
        await page.WaitForURLAsync("**/hub/admin");
        Assert.DoesNotContain(await host.Data.ListAsync<HubUser>(), user => user.Name == "student07");
    }

    [Fact]
    public async Task Many_users_are_made_at_once()
    {
        await host.Data.UserAsync("student07");
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root");
        var page = visitor.Page;
        await visitor.GoAsync("/hub/admin");
        await page.ClickAsync("#add-users");
        await visitor.InspectAsync("admin-add-users");
        await page.FillAsync("#names", $"student07, Student08\nstudent09\na/b\n{AdminCrowd.Long}\nمستخدم\n🦔");
        await page.ClickAsync("#add");
        await Assertions.Expect(page.Locator("#results tbody tr")).ToHaveCountAsync(7);
        await Assertions.Expect(page.Locator("#results td.good")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator("#results td.bad")).ToHaveCountAsync(1);
        Assert.Equal("a/b", await page.InputValueAsync("#names"));
        await visitor.InspectAsync("admin-add-users-results");
        await page.FillAsync("#names", " , ");
        await page.ClickAsync("#add");
        await Assertions.Expect(page.Locator("#names-error")).ToBeVisibleAsync();
        await visitor.InspectAsync("admin-add-users-error");
    }
}
