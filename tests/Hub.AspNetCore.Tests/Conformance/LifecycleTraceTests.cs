using System.Text.Json.Nodes;

namespace JupyterHub.AspNetCore.Tests.Conformance;

/// <summary>Servers live and die, step by step, as they did in the original (lifecycle-trace.json).</summary>
public sealed class LifecycleTraceTests
{
    /// <summary>What cannot be played before other parts are there: scenario, and what it waits for.</summary>
    private static readonly (string Scenario, string Reason)[] NotYet =
    [
    ];

    private static readonly JsonObject Scenarios = RecordedHub.Read("lifecycle-trace.json")["scenarios"]!.AsObject();

    public static TheoryData<string> Played() => [.. Scenarios.Select(scenario => scenario.Key).Except(NotYet.Select(missing => missing.Scenario))];

    [Fact]
    public void What_is_left_out_is_in_the_recording() => Assert.All(NotYet, missing => Assert.True(Scenarios.ContainsKey(missing.Scenario), missing.Reason));

    [Theory]
    [MemberData(nameof(Played))]
    public async Task A_scenario_goes_as_recorded(string name)
    {
        await using var hub = await LifecycleHub.StartAsync();
        var player = new LifecyclePlayer(hub, name);
        var failures = await player.PlayAsync(Scenarios[name]!["steps"]!.AsArray());
        Assert.True(failures.Count == 0, $"{failures.Count} steps of {name} differ:\n{string.Join('\n', failures)}");
    }
}
