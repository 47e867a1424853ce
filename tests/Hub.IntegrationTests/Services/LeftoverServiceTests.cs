using System.Text.Json.Nodes;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Testing;

namespace JupyterHub.IntegrationTests.Services;

/// <summary>A service's process ends with its hub, and one that a killed hub left behind ends with the next start.</summary>
public sealed class LeftoverServiceTests
{
    [Fact]
    public async Task A_killed_hub_leaves_it_and_the_next_one_ends_it_and_starts_its_own()
    {
        await using var hub = await StartAsync();
        var left = Assert.Single(hub.Servers());

        await hub.KillAsync();
        Assert.Equal(left, Assert.Single(hub.Servers()));
        await hub.StartAsync();

        Assert.NotEqual(left, Assert.Single(hub.Servers()));
        Assert.Equal(0, await hub.StopAsync());
        Assert.Empty(hub.Servers());
    }

    [Fact]
    public async Task One_that_is_not_declared_any_more_ends_as_well()
    {
        await using var hub = await StartAsync();
        Assert.Single(hub.Servers());
        await hub.KillAsync();

        hub.Settings.Remove("Services");
        await hub.StartAsync();

        Assert.Empty(hub.Servers());
    }

    private static Task<HubProcess> StartAsync() => HubProcess.StartNewAsync(hub =>
        hub.Settings["Services"] = new JsonArray(ServicesHub.Declare(hub, "tell", Repository.Data("environment_service.py"))));
}
