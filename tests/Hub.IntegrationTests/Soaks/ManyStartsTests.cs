using System.Net;
using System.Text.Json.Nodes;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Testing;

namespace JupyterHub.IntegrationTests.Soaks;

/// <summary>A hub that starts and stops servers all day keeps nothing of them.</summary>
[Trait("Category", "Soak")]
public sealed class ManyStartsTests
{
    private const int WarmUp = 20;
    private const int Rounds = 300;

    [Fact]
    public async Task Hundreds_of_starts_and_stops_leave_no_process_handle_or_row()
    {
        await using var hub = await HubProcess.StartNewAsync(hub => hub.Spawner["Command"] = new JsonArray("/usr/bin/python3", Repository.Data("mock_singleuser.py")));
        using var visitor = new HubVisitor(hub, "ada");
        await visitor.MustSignInAsync();
        await RepeatAsync(visitor, WarmUp);
        var before = Handles(hub);

        await RepeatAsync(visitor, Rounds);

        await Eventually.TrueAsync("no server is left", () => hub.Servers().Count == 0);
        await Eventually.TrueAsync("handles are given back", () => Handles(hub) <= before + 10);
        Assert.Null(await visitor.ServerAsync());
    }

    private static async Task RepeatAsync(HubVisitor visitor, int times)
    {
        for (var round = 0; round < times; round++)
        {
            await visitor.StartAndWaitAsync();
            var stopped = await visitor.StopAsync();
            Assert.True(stopped.Status is HttpStatusCode.NoContent or HttpStatusCode.Accepted, $"{(int)stopped.Status}");
            await visitor.WaitUntilStoppedAsync();
        }
    }

    private static int Handles(HubProcess hub) => Directory.GetFiles($"/proc/{hub.ProcessId}/fd").Length;
}
