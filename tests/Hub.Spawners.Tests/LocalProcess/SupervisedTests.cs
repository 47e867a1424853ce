using System.Text.Json.Nodes;
using JupyterHub.Core.Processes;
using JupyterHub.Core.Servers;
using JupyterHub.Testing;

// The harness's "Hub" is the supervisor with a real database around it.
using Supervised = JupyterHub.Core.Tests.Servers.Hub;

namespace JupyterHub.Spawners.Tests.LocalProcess;

/// <summary>The whole life of real processes: supervisor, database, spawner, and the stand-in server of the recorded traces.</summary>
public sealed class SupervisedTests
{
    [Theory]
    [InlineData("normal")]
    [InlineData("slow:1")]
    [InlineData("404")]
    [InlineData("redirect")]
    [InlineData("nosigint")]
    [InlineData("nosignals")]
    public async Task A_server_comes_up_and_goes(string mode)
    {
        await using var machine = Prepare();
        (machine.Options.InterruptTimeout, machine.Options.TermTimeout) = (1, 1);
        await using var hub = await Supervised.CreateAsync(real: machine.Simple);

        Assert.Null(await hub.RunAsync(options: Mode(mode)));
        var pid = await PidAsync(hub);
        Assert.Equal(await AnswerAsync(hub), mode switch { "404" => 404, "redirect" => 302, _ => 200 });
        Assert.Null(await hub.StopAsync());

        Assert.False(Machine.Lives(pid));
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_server_that_exits_at_once_fails_with_its_status()
    {
        await using var machine = Prepare();
        await using var hub = await Supervised.CreateAsync(real: machine.Simple);

        // The HTTP timeout is an hour: only the exit itself can end this.
        var failure = await hub.RunAsync(options: Mode("exit"));

        Assert.Equal(ServerFailureReason.Exited, failure!.Reason);
        Assert.StartsWith("Spawner failed to start [status=3].", failure.Message, StringComparison.Ordinal);
        Assert.True(Assert.Single(await hub.ProgressAsync()).Failed);
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_server_that_prints_its_token_and_dies_does_not_show_it_to_who_watches()
    {
        await using var machine = Prepare();
        machine.Options.Command = ["/bin/sh", "-c", "echo token $JUPYTERHUB_API_TOKEN; exit 7"];
        await using var hub = await Supervised.CreateAsync(real: machine.Simple);

        var failure = await hub.RunAsync();

        Assert.EndsWith("[status=7]. The logs for ada may contain details. Last lines: token …", failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deaf")]
    [InlineData("500")]
    public async Task A_server_that_never_answers_well_is_stopped(string mode)
    {
        await using var machine = Prepare();
        await using var hub = await Supervised.CreateAsync(real: machine.Simple);
        hub.SpawnerOptions.HttpTimeout = 2;

        var failure = await hub.RunAsync(options: Mode(mode));

        Assert.Equal(ServerFailureReason.Unresponsive, failure!.Reason);
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_crash_is_noticed()
    {
        await using var machine = Prepare();
        await using var hub = await Supervised.CreateAsync(real: machine.Simple);
        hub.SpawnerOptions.PollInterval = 0.1;

        Assert.Null(await hub.RunAsync(options: Mode("normal")));
        Signals.Send(await PidAsync(hub), Signals.Kill);
        await Machine.UntilAsync(() => !hub.Status().IsActive);

        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Progress_is_three_events_as_recorded_from_the_original()
    {
        await using var machine = Prepare();
        await using var hub = await Supervised.CreateAsync(real: machine.Simple);
        hub.SpawnerOptions.HttpTimeout = Eventually.Deadline.TotalSeconds;
        var gate = Path.Combine(machine.Data, "gate");
        var operation = await hub.StartAsync(options: Mode($"gate:{gate}"));
        var events = new List<ProgressEvent>();
        await foreach (var item in hub.Supervisor.WatchAsync("ada", "", CancellationToken.None))
        {
            events.Add(item);
            if (events.Count == 2)
            {
                await File.WriteAllTextAsync(gate, "");
            }
        }

        Assert.Null(await Supervised.End(operation));

        Assert.Equal([(0, "Server requested", false), (50, "Spawning server...", false), (100, "Server ready at /user/ada/", true)], events.Select(item => (item.Percent, item.Message, item.Ready)));
        await hub.StopAsync();
    }

    [Fact]
    public async Task The_next_hub_keeps_the_same_process()
    {
        await using var machine = Prepare();
        await using var hub = await Supervised.CreateAsync(real: machine.Simple);
        Assert.Null(await hub.RunAsync(options: Mode("normal")));
        var pid = await PidAsync(hub);
        await hub.Supervisor.ShutdownAsync(stopServers: false, CancellationToken.None);

        await using var next = hub.Next(machine.NewSimple());
        await next.Supervisor.ResumeAsync(CancellationToken.None);

        Assert.True(next.Status().IsReady);
        Assert.Equal(pid, await PidAsync(next));
        Assert.Equal(200, await AnswerAsync(next));
        Assert.Null(await next.StopAsync());
        Assert.False(Machine.Lives(pid));
        await next.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Shutting_down_while_one_starts_and_others_run_leaves_no_process()
    {
        await using var machine = Prepare();
        await using var hub = await Supervised.CreateAsync(real: machine.Simple);
        Assert.Null(await hub.RunAsync(server: "a", options: Mode("normal")));
        Assert.Null(await hub.RunAsync(server: "b", options: Mode("normal")));
        await hub.StartAsync(server: "c", options: Mode("deaf"));
        await Machine.UntilAsync(() => hub.Status(server: "c").Url is not null);
        var pids = new List<int>();
        foreach (var name in (string[])["a", "b", "c"])
        {
            pids.Add(await PidAsync(hub, name));
        }

        await hub.Supervisor.ShutdownAsync(stopServers: true, CancellationToken.None);

        Assert.All(pids, pid => Assert.False(Machine.Lives(pid)));
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_missing_program_is_a_failure_that_its_owner_can_read()
    {
        await using var machine = Prepare();
        machine.Options.Command = ["jupyterhub-singleuser-that-is-not-there"];
        await using var hub = await Supervised.CreateAsync(real: machine.Simple);

        var failure = await hub.RunAsync();

        Assert.Equal(ServerFailureReason.Refused, failure!.Reason);
        Assert.Contains("was not found on PATH; install it or set JupyterHub:Spawner:Command", failure.Message, StringComparison.Ordinal);
        await hub.AssertNothingLeftAsync();
    }

    private static Machine Prepare()
    {
        var machine = new Machine();
        machine.Options.Command = ["/usr/bin/python3", Repository.Data("mock_singleuser.py")];
        machine.Options.EnvironmentFromOptions["MOCK_MODE"] = "mode";
        return machine;
    }

    private static JsonObject Mode(string mode) => new() { ["mode"] = mode };

    private static async Task<int> PidAsync(Supervised hub, string server = "") => (await hub.RowAsync(server: server)).State!["pid"]!.GetValue<int>();

    private static async Task<int> AnswerAsync(Supervised hub)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseProxy = false });
        using var answer = await client.GetAsync(new Uri(hub.Status().Url!, "/user/ada/api"));
        return (int)answer.StatusCode;
    }
}
