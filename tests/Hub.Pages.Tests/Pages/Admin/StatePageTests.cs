using System.Text.Json.Nodes;
using JupyterHub.Core.Proxying;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages.Admin;

/// <summary>Routes and the hub itself as an administrator meets them.</summary>
public sealed class StatePageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Routes_are_shown_and_put_right()
    {
        await using var host = await HubHost.StartAsync();
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root");
        var page = visitor.Page;
        await visitor.GoAsync("/hub/admin/routes");
        await visitor.InspectAsync("admin-routes-empty");
        await host.Data.UserAsync("ada");
        await host.StartServerAsync("ada");
        var proxy = host.Get<IHubProxy>();
        await proxy.AddRouteAsync(new ProxyRoute($"/user/{AdminNames.Long}/", new Uri("http://127.0.0.1:2"), new JsonObject { ["user"] = AdminNames.Long, ["server_name"] = "" }), CancellationToken.None);
        await proxy.AddRouteAsync(new ProxyRoute("/other/", new Uri("http://127.0.0.1:3"), []), CancellationToken.None);
        await visitor.GoAsync("/hub/admin/routes");
        await visitor.InspectAsync("admin-routes");
        await Assertions.Expect(page.Locator(".state.failed")).ToHaveCountAsync(1);
        await page.ClickAsync("#check");
        await Assertions.Expect(page.Locator("#notice")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".state.failed")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#routes tbody tr")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator("#routes")).Not.ToContainTextAsync(AdminNames.Long);
    }

    [Fact]
    public async Task The_hub_tells_how_it_does_and_asks_before_it_ends()
    {
        await using var host = await HubHost.StartAsync(setup =>
        {
            setup.Hub = hub => hub.BindUrl = "http://127.0.0.1:0";
            setup.LateServices = builder => builder.Services.AddJupyterHub().ListenOnBindUrl();
        });
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root");
        var page = visitor.Page;
        await visitor.GoAsync("/hub/admin/hub");
        await Assertions.Expect(page.Locator("#health .state.ready")).ToHaveCountAsync(4);
        await visitor.InspectAsync("admin-hub");
        await page.ClickAsync("#announcement-login summary");
        await page.FillAsync("#message-login", "Maintenance tonight at ten.\nSave your work before.");
        await page.ClickAsync("#set-login");
        await Assertions.Expect(page.Locator("#notice")).ToBeVisibleAsync();
        await page.ClickAsync("#announcement-login summary");
        await Assertions.Expect(page.Locator("#remove-login")).ToBeVisibleAsync();
        await visitor.InspectAsync("admin-hub-announcements");
        await page.ClickAsync("#remove-login");
        await Assertions.Expect(page.Locator("#remove-login")).ToHaveCountAsync(0);
        await page.CheckAsync("input[name=servers][value=stop]");
        await page.ClickAsync("#ask-shutdown");
        await Assertions.Expect(page.Locator("#question")).ToBeVisibleAsync();
        await visitor.InspectAsync("admin-hub-shutdown");
        await page.ClickAsync("#confirm");
        await Assertions.Expect(page.Locator("#shutting-down")).ToBeVisibleAsync();
    }
}
