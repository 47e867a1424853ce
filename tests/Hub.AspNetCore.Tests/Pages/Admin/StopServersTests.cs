using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Tests.Pages.Admin;

/// <summary>Stopping the servers of all listed users: the number in the question, how far it is, and who may watch.</summary>
public sealed class StopServersTests : IAsyncLifetime
{
    private HubHost host = null!;

    private ServerSupervisor Supervisor => host.Get<ServerSupervisor>();

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.AllowNamedServers = true);
        foreach (var name in new[] { "ada", "adam", "grace" })
        {
            await host.Data.UserAsync(name);
            await host.StartServerAsync(name);
        }
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task The_filter_of_the_list_decides_which_are_stopped()
    {
        var browser = await host.SignInAsync("root");
        using var question = await browser.SubmitAsync("/hub/admin/stop-servers?search=ada", ("back", "/hub/admin?search=ada"));
        var asked = await question.TextAsync();
        Assert.Contains("Stop 2 servers", asked, StringComparison.Ordinal);
        Assert.Contains("<bdi>adam</bdi>", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("grace", asked, StringComparison.Ordinal);
        Assert.True(Supervisor.GetStatus("ada", "").IsReady);

        using var begun = await browser.SubmitAsync("/hub/admin/stop-servers?search=ada", ("confirmed", "yes"), ("back", "/hub/admin?search=ada"));
        Assert.Equal(HttpStatusCode.SeeOther, begun.StatusCode);
        var page = await WhenOverAsync(browser, begun.Location()!);
        Assert.Contains("2 of 2 servers are stopped.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/hub/admin?search=ada\"", page, StringComparison.Ordinal);
        Assert.False(Supervisor.GetStatus("ada", "").IsActive);
        Assert.False(Supervisor.GetStatus("adam", "").IsActive);
        Assert.True(Supervisor.GetStatus("grace", "").IsReady);

        using var other = await (await host.SignInAsync("ada")).GetAsync(begun.Location()!);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        await host.Data.UserAsync("second", admin: true);
        using var stranger = await (await host.SignInAsync("second")).GetAsync(begun.Location()!);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        using var nothing = await browser.SubmitAsync("/hub/admin/stop-servers?search=ada", ("confirmed", "yes"));
        Assert.Equal("/hub/admin", nothing.Location());
    }

    [Fact]
    public async Task Only_what_the_scopes_cover_is_stopped()
    {
        await host.Data.GroupAsync("course", "adam");
        await host.Data.GrantAsync("teacher", "admin-ui", "list:users", "read:servers", "delete:servers!group=course");
        var browser = await host.SignInAsync("teacher");
        using var list = await browser.GetAsync("/hub/admin");
        using var question = await browser.SubmitAsync("/hub/admin/stop-servers");
        Assert.Contains("Stop 1 server", await question.TextAsync(), StringComparison.Ordinal);
        using var begun = await browser.SubmitAsync("/hub/admin/stop-servers", ("confirmed", "yes"));
        Assert.Contains("1 of 1 server is stopped.", await WhenOverAsync(browser, begun.Location()!), StringComparison.Ordinal);
        Assert.True(Supervisor.GetStatus("ada", "").IsReady);
        Assert.True(Supervisor.GetStatus("grace", "").IsReady);
        Assert.False(Supervisor.GetStatus("adam", "").IsActive);
    }

    [Fact]
    public async Task Two_administrators_stop_the_same_servers()
    {
        await host.Data.UserAsync("second", admin: true);
        var browsers = new[] { await host.SignInAsync("root"), await host.SignInAsync("second") };
        var answers = await Task.WhenAll(browsers.Select(browser => browser.SubmitAsync("/hub/admin/stop-servers", ("confirmed", "yes"))));
        foreach (var (browser, answer) in browsers.Zip(answers))
        {
            // Whoever came when all were stopped already is told that there is none.
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            if (answer.Location() != "/hub/admin")
            {
                Assert.DoesNotContain("id=\"failures\"", await WhenOverAsync(browser, answer.Location()!), StringComparison.Ordinal);
            }

            answer.Dispose();
        }

        Assert.All(Supervisor.Statuses, status => Assert.False(status.IsActive));
    }

    private static Task<string> WhenOverAsync(HubBrowser browser, string target) => Eventually.GetAsync("the end", async () =>
    {
        using var answer = await browser.GetAsync(target);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.TextAsync();
        return page.Contains("data-over=\"yes\"", StringComparison.Ordinal) ? page : null;
    });
}
