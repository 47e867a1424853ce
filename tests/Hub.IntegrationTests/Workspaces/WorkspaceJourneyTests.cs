using System.Globalization;
using System.Net;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Testing;

namespace JupyterHub.IntegrationTests.Workspaces;

/// <summary>The same job on a machine with nothing but .NET: the bundled workspace is the server.</summary>
public sealed class WorkspaceJourneyTests
{
    [Fact]
    public async Task A_visitor_starts_uses_and_stops_a_workspace_without_python()
    {
        await using var hub = await HubProcess.StartNewAsync(hub => hub.HidePython());
        Assert.Contains("workspace", hub.Output, StringComparison.OrdinalIgnoreCase);
        using var visitor = new HubVisitor(hub, "ada");
        await visitor.MustSignInAsync();
        await visitor.StartAndWaitAsync();

        var page = await visitor.Browser.OpenAsync("/user/ada/?from=here");
        page.MustBe(HttpStatusCode.OK);
        Assert.Equal("/user/ada/?from=here", page.Address.PathAndQuery);
        Assert.Contains("<span id=\"visitor\">ada</span>", page.Body, StringComparison.Ordinal);
        Assert.Contains("access:servers!server=ada/", page.Body, StringComparison.Ordinal);
        Assert.Contains(visitor.Browser.Hops, hop => hop.Contains("code_challenge_method=S256", StringComparison.Ordinal));
        await AssertLiveAsync(visitor);

        Assert.True((await visitor.StopAsync()).Status is HttpStatusCode.NoContent or HttpStatusCode.Accepted);
        await visitor.WaitUntilStoppedAsync();
        await Eventually.TrueAsync("its process is gone", () => hub.Servers().Count == 0);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SignOutAndReplayAsync("/hub/api/user")).Status);
    }

    [Fact]
    public async Task Signing_out_ends_the_visit_of_a_running_workspace()
    {
        await using var hub = await HubProcess.StartNewAsync(hub => hub.HidePython());
        using var visitor = new HubVisitor(hub, "ada");
        await visitor.MustSignInAsync();
        await visitor.StartAndWaitAsync();
        (await visitor.Browser.OpenAsync("/user/ada/")).MustBe(HttpStatusCode.OK);

        await visitor.SignOutAsync();
        var page = await visitor.Browser.OpenAsync("/user/ada/");

        Assert.Equal("/hub/login", page.Address.AbsolutePath);
    }

    [Fact]
    public async Task A_workspace_reports_that_it_was_used()
    {
        await using var hub = await HubProcess.StartNewAsync(hub =>
        {
            hub.HidePython();
            hub.Spawner["Environment"]!["JUPYTERHUB_ACTIVITY_INTERVAL"] = "0.5";
            hub.Settings["AuthenticatePrometheus"] = false;
        });
        using var visitor = new HubVisitor(hub, "ada");
        await visitor.MustSignInAsync();
        await visitor.StartAndWaitAsync();
        (await visitor.Browser.OpenAsync("/user/ada/")).MustBe(HttpStatusCode.OK);

        // The proxy sees the visit as well: only the hub's own count of requests tells who reported it.
        await Eventually.TrueAsync("the workspace tells the hub", async () => await ReportsAsync(visitor) > 0);
        var before = await ReportsAsync(visitor);
        (await visitor.Browser.OpenAsync("/user/ada/")).MustBe(HttpStatusCode.OK);

        await Eventually.TrueAsync("the workspace tells the hub again", async () => await ReportsAsync(visitor) > before);
        Assert.NotNull((await visitor.ServerAsync())!["last_activity"]);
    }

    private static async Task<double> ReportsAsync(HubVisitor visitor)
    {
        var metrics = (await visitor.Browser.OpenAsync("/hub/metrics")).Body.Split('\n');
        return metrics.Where(line => line.StartsWith("jupyterhub_request_duration_seconds_count{", StringComparison.Ordinal)
            && line.Contains("/activity\"", StringComparison.Ordinal) && line.Contains("code=\"200\"", StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
    }

    private static async Task AssertLiveAsync(HubVisitor visitor)
    {
        using var live = await LiveClient.ConnectAsync(visitor.Browser, "/user/ada/ws");
        Assert.True((await live.ReceiveAsync("tick"))["memory"]!.GetValue<long>() > 0);
        await live.SendAsync("hello, “world”");
        Assert.Equal("hello, “world”", (await live.ReceiveAsync("echo"))["text"]!.GetValue<string>());
    }
}
