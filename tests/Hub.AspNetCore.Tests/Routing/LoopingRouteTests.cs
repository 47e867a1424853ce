using JupyterHub.Core.Proxying;

namespace JupyterHub.AspNetCore.Tests.Routing;

/// <summary>A service whose address is the hub's own, as a configuration may have it by mistake.</summary>
public sealed class LoopingRouteTests
{
    [Fact]
    public async Task A_service_that_is_the_hub_itself_shows_a_page_and_one_line_in_the_log()
    {
        var logs = new CapturedLogs();
        await using var host = await HubHost.StartAsync(setup => setup.Logs = logs);
        await host.Get<IHubProxy>().AddRouteAsync(new ProxyRoute("/services/loop/", host.Url, []), CancellationToken.None);
        using var answer = await host.SendAsync("GET", "/services/loop/x?secret-of-the-query");
        Assert.Equal(HttpStatusCode.LoopDetected, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("leads back to the hub itself", await answer.TextAsync(), StringComparison.Ordinal);
        var line = Assert.Single(logs.Lines, line => line.EventId == 5012);
        Assert.DoesNotContain("secret-of-the-query", line.Text, StringComparison.Ordinal);
        using var after = await host.SendAsync("GET", "/hub/api/");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task A_server_reaches_the_hub_through_the_proxy_as_before()
    {
        await using var host = await HubHost.StartAsync();
        await host.Data.UserAsync("ada");
        await host.StartServerAsync("ada");
        var token = await host.Data.UserTokenAsync("ada");

        // The server asks the hub who this is, every time.
        for (var request = 0; request < 10; request++)
        {
            using var answer = await host.SendAsync("GET", "/user/ada/echo", token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }
}
