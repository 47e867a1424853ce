using System.Net;
using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Hosting;
using JupyterHub.Core.Proxying;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace JupyterHub.AspNetCore.Tests.Pages.Admin;

/// <summary>Routes and the hub itself over HTTP.</summary>
public sealed class StatePagesTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Theory]
    [InlineData("/hub/admin/routes", "proxy")]
    [InlineData("/hub/admin/hub", "read:hub")]
    public Task A_page_asks_for_admin_ui_and_the_scope_of_the_API(string path, string scope) => Host.CheckPageAsync(path, scope);

    [Theory]
    [InlineData("/hub/admin/routes/check", "proxy")]
    [InlineData("/hub/admin/hub/shutdown", "shutdown")]
    public Task An_action_asks_for_admin_ui_the_scope_of_the_API_and_the_token_of_the_form(string path, string scope) => Host.CheckActionAsync(path, scope);

    [Fact]
    public async Task What_is_stale_missing_or_wrong_is_told_and_put_right()
    {
        await Host.Data.UserAsync("routed");
        await Host.Data.UserAsync("misled");
        await Host.StartServerAsync("routed");
        await Host.StartServerAsync("misled");
        var proxy = Host.Get<IHubProxy>();
        await proxy.RemoveRouteAsync("/user/routed/", CancellationToken.None);
        await proxy.AddRouteAsync(new ProxyRoute("/user/misled/", new Uri("http://127.0.0.1:1"), new JsonObject { ["user"] = "misled", ["server_name"] = "" }), CancellationToken.None);
        await proxy.AddRouteAsync(new ProxyRoute("/user/gone/", new Uri("http://127.0.0.1:2"), new JsonObject { ["user"] = "gone", ["server_name"] = "" }), CancellationToken.None);
        await proxy.AddRouteAsync(new ProxyRoute("/other/", new Uri("http://127.0.0.1:3"), []), CancellationToken.None);
        var operatorBrowser = await Host.PersonAsync("admin-ui", "proxy");
        var page = await operatorBrowser.TextAsync("/hub/admin/routes");
        Assert.Equal(3, page.Split("state failed").Length - 1);
        Assert.Contains("3 routes are not as they should be", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/other/", await operatorBrowser.TextAsync("/hub/admin/routes?state=wrong"), StringComparison.Ordinal);

        using var check = await operatorBrowser.SubmitAsync("/hub/admin/routes/check");
        using var after = await operatorBrowser.FollowAsync(check);
        var text = await after.Content.ReadAsStringAsync();
        Assert.DoesNotContain("state failed", text, StringComparison.Ordinal);
        Assert.Contains("/user/routed/", text, StringComparison.Ordinal);
        Assert.Contains("/other/", text, StringComparison.Ordinal);
        await proxy.RemoveRouteAsync("/other/", CancellationToken.None);
    }

    [Fact]
    public async Task The_hub_ends_only_after_the_question_and_only_where_it_owns_its_application()
    {
        await using var host = await HubHost.StartAsync(setup =>
        {
            setup.Hub = hub => hub.BindUrl = "http://127.0.0.1:0";
            setup.LateServices = builder => builder.Services.AddJupyterHub().ListenOnBindUrl();
        });
        var lifetime = host.Get<IHostApplicationLifetime>();
        var root = await host.SignInAsync("root");
        using var asked = await root.SubmitAsync("/hub/admin/hub/shutdown", ("servers", "leave"));
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        var question = await asked.Content.ReadAsStringAsync();
        Assert.False(lifetime.ApplicationStopping.IsCancellationRequested);
        using var done = await root.SubmitAsync("/hub/admin/hub/shutdown", ("confirmed", "yes"), ("servers", HubBrowser.HiddenField(question, "servers")));
        Assert.Equal(HttpStatusCode.Accepted, done.StatusCode);
        Assert.Contains("shutting-down", await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await host.App.WaitForShutdownAsync().WaitAsync(Eventually.Deadline);
        Assert.False(host.Get<ShutdownRequest>().CleanupServers);

        var embedded = await Host.SignInAsync("root");
        using var refused = await embedded.SubmitAsync("/hub/admin/hub/shutdown", ("confirmed", "yes"));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("part of another application", await embedded.TextAsync("/hub/admin/hub"), StringComparison.Ordinal);
    }
}
