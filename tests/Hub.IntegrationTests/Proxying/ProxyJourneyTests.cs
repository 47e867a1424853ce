using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.IntegrationTests.Journeys;
using JupyterHub.Testing;

namespace JupyterHub.IntegrationTests.Proxying;

/// <summary>The main job behind a proxy that is a program of its own: SampleHost, the real proxy, the real <c>jupyterhub-singleuser</c>.</summary>
public sealed class ProxyJourneyTests : IDisposable
{
    private readonly MarkedProcesses proxies = new();

    /// <summary>The programs that the hub is tried with: each as the setting <c>Command</c> has it, in one text.</summary>
    public static TheoryData<string> Programs => ["NODE_PATH=/usr/share/nodejs configurable-http-proxy", $"dotnet {BuiltPrograms.Hub} proxy"];

    public void Dispose() => proxies.KillAll();

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_visitor_computes_while_proxy_and_hub_come_and_go(string program)
    {
        await using var hub = await HubProcess.StartNewAsync(hub => StandBehind(hub, program));
        using var visitor = new HubVisitor(hub, "ada");
        var kernel = await NotebookVisit.ComputeAsync(visitor);
        var server = hub.Servers();
        var first = PidOf(hub);
        Assert.Contains(first, proxies.Find());

        MarkedProcesses.Kill(first);
        await Eventually.TrueAsync("another proxy runs", () => PidOf(hub) is not 0 and var pid && pid != first);
        await Eventually.TrueAsync("the server is reached again", async () => await IsReachedAsync(visitor));
        Assert.Equal("43", await kernel.ExecuteAsync("answer + 1"));

        // The hub goes, proxy and server stay: the visitor does not even notice.
        var second = PidOf(hub);
        Assert.Equal(0, await hub.StopAsync());
        Assert.Equal(server, hub.Servers());
        Assert.Equal("44", await kernel.ExecuteAsync("answer + 2"));

        // A crash is no different.
        await hub.StartAsync();
        Assert.Equal(second, PidOf(hub));
        await hub.KillAsync();
        Assert.Equal("45", await kernel.ExecuteAsync("answer + 3"));
        await hub.StartAsync();
        Assert.Equal(second, PidOf(hub));

        await Eventually.TrueAsync("the restarted hub has found the server again", async () => (await visitor.ServerAsync())?["ready"]?.GetValue<bool>() == true);
        Assert.Equal("46", await kernel.ExecuteAsync("answer + 4"));
        Assert.Equal(server, hub.Servers());
        var stopped = await visitor.StopAsync();
        Assert.True(stopped.Status is HttpStatusCode.NoContent or HttpStatusCode.Accepted, stopped.Body);
        await visitor.WaitUntilStoppedAsync();
        var gone = await visitor.Browser.OpenOnceAsync(visitor.ServerPath);
        Assert.Equal("/hub" + visitor.ServerPath, gone.Location?.AbsolutePath);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Asked_to_end_with_everything_the_hub_leaves_nothing(string program)
    {
        await using var hub = await HubProcess.StartNewAsync(hub => StandBehind(hub, program));
        using var visitor = new HubVisitor(hub, "ada");
        await visitor.MustSignInAsync();
        await visitor.StartAndWaitAsync();
        Assert.NotEmpty(proxies.Find());
        Assert.NotEmpty(hub.Servers());

        using var admin = new HubVisitor(hub, "admin");
        (await admin.SignInAsync(hub.AdminPassword)).MustBe(HttpStatusCode.Found);
        (await admin.Browser.OpenAsync("/hub/home")).MustBe(HttpStatusCode.OK);
        var answer = await admin.Browser.CallAsync(HttpMethod.Post, "/hub/api/shutdown", new JsonObject { ["proxy"] = true, ["servers"] = true });
        answer.MustBe(HttpStatusCode.Accepted);

        await Eventually.TrueAsync("servers and proxy are gone", () => hub.Servers().Count == 0 && proxies.Find().Count == 0);
        await Eventually.TrueAsync("and so is the file that named it", () => !File.Exists(PidFileOf(hub)));
    }

    /// <summary>What a server that died shows: the hub's page, fetched by the proxy, for an address that means harm.</summary>
    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_server_that_died_shows_the_hub_s_page(string program)
    {
        await using var hub = await HubProcess.StartNewAsync(hub =>
        {
            StandBehind(hub, program);

            // Nor does the hub find out by itself before the page is asked for.
            hub.Spawner["PollInterval"] = 3600;
        });
        using var visitor = new HubVisitor(hub, "ada");
        await visitor.MustSignInAsync();
        await visitor.StartAndWaitAsync();
        foreach (var id in hub.Servers())
        {
            MarkedProcesses.Kill(id);
        }

        var page = await visitor.Browser.OpenOnceAsync(visitor.ServerPath + "tree?x=<script>alert(1)</script>\"'");
        page.MustBe(HttpStatusCode.ServiceUnavailable);
        Assert.Contains("<html", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page.Body, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<bool> IsReachedAsync(HubVisitor visitor)
    {
        try
        {
            return (await visitor.Browser.CallAsync(HttpMethod.Get, visitor.ServerPath + "api")).Status == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string PidFileOf(HubProcess hub) => Path.Combine(hub.DataFolder, "jupyterhub-proxy.pid");

    private static int PidOf(HubProcess hub)
    {
        try
        {
            return int.Parse(File.ReadLines(PidFileOf(hub)).First(), CultureInfo.InvariantCulture);
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    private void StandBehind(HubProcess hub, string program)
    {
        hub.Settings["HubBindUrl"] = $"http://127.0.0.1:{FreePort.Find()}";
        hub.Settings["CleanupServers"] = false;
        hub.Settings["CleanupProxy"] = false;
        hub.Settings["Proxy"] = new JsonObject
        {
            ["Type"] = "chp",
            ["ApiUrl"] = $"http://127.0.0.1:{FreePort.Find()}",
            ["CheckRunningInterval"] = 0.2,
            ["Command"] = new JsonArray([.. $"/usr/bin/env {MarkedProcesses.Variable}={proxies.Value} {program}".Split(' ').Select(part => JsonValue.Create(part))]),
        };
    }
}
