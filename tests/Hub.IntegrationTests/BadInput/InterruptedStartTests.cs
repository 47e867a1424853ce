using JupyterHub.Testing;
using System.Text.Json.Nodes;
using JupyterHub.IntegrationTests.Harness;

namespace JupyterHub.IntegrationTests.BadInput;

/// <summary>A start belongs to the hub: nobody who goes away takes it along.</summary>
public sealed class InterruptedStartTests
{
    [Fact]
    public async Task A_browser_that_is_closed_does_not_stop_the_start()
    {
        await using var hub = await HubProcess.StartNewAsync(SlowWorkspace);
        using var visitor = new HubVisitor(hub, "ada");
        await visitor.MustSignInAsync();
        using var closing = new CancellationTokenSource();
        var asking = visitor.StartAsync(cancellation: closing.Token);
        await WaitUntilStartingAsync(hub);

        await closing.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await File.WriteAllTextAsync(GateOf(hub), "");

        await Eventually.TrueAsync("the server is ready", async () => (await visitor.ServerAsync())?["ready"]?.GetValue<bool>() == true);
    }

    [Fact]
    public async Task A_hub_that_is_killed_during_a_start_leaves_nothing_half_done()
    {
        await using var hub = await HubProcess.StartNewAsync(SlowWorkspace);
        using var visitor = new HubVisitor(hub, "ada");
        await visitor.MustSignInAsync();
        var asking = visitor.StartAsync();
        await WaitUntilStartingAsync(hub);

        await hub.KillAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => asking);
        await hub.StartAsync();
        await File.WriteAllTextAsync(GateOf(hub), "");

        // Taken over or cleared away, but not hanging; and in the end there is one server, not two.
        await Eventually.TrueAsync("the start is decided", async () => (await visitor.ServerAsync())?["pending"] is null);
        if (await visitor.ServerAsync() is null)
        {
            await visitor.StartAndWaitAsync();
        }

        await Eventually.TrueAsync("there is one server", () => hub.Servers().Count == 1);
        var page = await visitor.Browser.OpenAsync("/user/ada/");
        Assert.Contains("id=\"visitor\"", page.Body, StringComparison.Ordinal);
    }

    /// <summary>Time to interrupt: the process is there, its port only after a file is.</summary>
    private static void SlowWorkspace(HubProcess hub)
    {
        hub.Settings["SlowSpawnTimeout"] = Eventually.Deadline.TotalSeconds;
        hub.Spawner["Command"] = new JsonArray(
            "sh", "-c", $"while [ ! -e '{GateOf(hub)}' ]; do sleep 0.1; done; exec '{Programs.Dotnet}' '{Programs.Workspace}'", "singleuser");
    }

    private static string GateOf(HubProcess hub) => Path.Combine(hub.Home, "gate");

    private static Task WaitUntilStartingAsync(HubProcess hub) =>
        Eventually.TrueAsync("the server's process is there", () => hub.Servers().Count > 0);
}
