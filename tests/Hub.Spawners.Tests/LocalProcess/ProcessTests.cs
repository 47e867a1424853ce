using System.Text.Json.Nodes;
using JupyterHub.Core.Spawning;
using JupyterHub.Spawners.LocalProcess;
using JupyterHub.Testing;

namespace JupyterHub.Spawners.Tests.LocalProcess;

public sealed class ProcessTests
{
    [Fact]
    public async Task A_server_leads_a_session_and_a_group_of_its_own_and_the_pid_is_its_own()
    {
        await using var machine = new Machine();
        var server = await machine.RunAsync("exec sleep 1000");
        var pid = Machine.Pid(server);
        await Machine.UntilRunsAsync(pid, "sleep");

        var fields = (await File.ReadAllTextAsync(Machine.Proc(pid, "stat"))).Split(") ")[1].Split(' ');
        Assert.Equal((pid.ToString(), pid.ToString()), (fields[2], fields[3]));
        // No terminal.
        Assert.Equal("0", fields[4]);
        Assert.Equal([("Spawning server...", 50)], machine.Observer.Reports);
        Assert.Equal(server.State.ToJsonString(), Assert.Single(machine.Observer.States).ToJsonString());
        Assert.Equal(["boot_id", "pid", "pid_start_time"], server.State.Select(member => member.Key).Order());
    }

    [Fact]
    public async Task A_server_inherits_no_file_of_the_hub()
    {
        await using var machine = new Machine();
        var server = await machine.RunAsync("exec sleep 1000");
        var pid = Machine.Pid(server);
        await Machine.UntilRunsAsync(pid, "sleep");

        // The program itself opens and closes files while it begins; what it inherited it would keep.
        await Eventually.TrueAsync(
            "only the three standard files are open", () => Directory.EnumerateFiles(Machine.Proc(pid, "fd")).Select(Path.GetFileName).Order().SequenceEqual(["0", "1", "2"]));
        Assert.Equal("/dev/null", File.ResolveLinkTarget(Machine.Proc(pid, "fd/0"), returnFinalTarget: false)!.FullName);
    }

    [Fact]
    public async Task Its_environment_holds_what_it_was_given_and_nothing_of_the_hub()
    {
        Environment.SetEnvironmentVariable("HUB_SECRET_OF_THIS_TEST", "must not leak");
        await using var machine = new Machine();
        machine.Options.EnvKeep = ["PATH"];
        var server = await machine.RunAsync("exec sleep 1000");
        await Machine.UntilRunsAsync(Machine.Pid(server), "sleep");

        var variables = Machine.EnvironmentOf(Machine.Pid(server));
        // The test's own script is a shell, which adds PWD.
        variables.Remove("PWD");
        Assert.Equal(
            [
                "HOME", "JUPYTERHUB_API_TOKEN", "JUPYTERHUB_SERVER_NAME", "JUPYTERHUB_SERVICE_PREFIX", "JUPYTERHUB_SERVICE_URL",
                "JUPYTERHUB_USER", "PATH", "SHELL", "USER",
            ],
            variables.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("ada", variables["USER"]);
        Assert.Equal(Path.Combine(machine.Data, "homes", "ada"), variables["HOME"]);
        Assert.Equal($"{machine.Address.GetLeftPart(UriPartial.Authority)}/user/ada/", variables["JUPYTERHUB_SERVICE_URL"]);
    }

    [Fact]
    public async Task Nothing_is_added_on_the_way_to_the_server()
    {
        await using var machine = new Machine();
        machine.Options.EnvKeep = [];
        machine.Options.Command = ["/bin/sleep", "1000"];
        var server = await machine.StartAsync();
        await Machine.UntilRunsAsync(Machine.Pid(server), "/bin/sleep");

        Assert.DoesNotContain("PWD", Machine.EnvironmentOf(Machine.Pid(server)).Keys);
        Assert.DoesNotContain("PATH", Machine.EnvironmentOf(Machine.Pid(server)).Keys);
    }

    [Fact]
    public async Task Secrets_are_in_no_command_line_at_any_time()
    {
        await using var machine = new Machine();
        using var watching = new CancellationTokenSource();
        var looked = new TaskCompletionSource();
        var seen = Task.Factory.StartNew(() => CommandLinesWith(Machine.Token, looked, watching.Token), TaskCreationOptions.LongRunning);
        await Eventually.Within(looked.Task);
        for (var number = 0; number < 5; number++)
        {
            var server = await machine.RunAsync("sleep 1000", $"user{number}");
            await Machine.UntilAsync(() => Machine.CommandLine(Machine.Pid(server)).StartsWith("/bin/sh -c sleep", StringComparison.Ordinal));
        }

        await watching.CancelAsync();
        Assert.Empty(await seen);
    }

    [Fact]
    public async Task An_exit_status_and_the_last_lines_are_told()
    {
        await using var machine = new Machine();
        var server = await machine.RunAsync("echo first; echo 'last words' >&2; exit 3");

        var condition = await machine.UntilExitedAsync(server);

        Assert.Equal(3, condition.ExitStatus);
        Assert.Equal("first | last words", condition.Detail);
    }

    [Fact]
    public async Task Death_by_a_signal_is_a_negative_status()
    {
        await using var machine = new Machine();
        var server = await machine.RunAsync("kill -9 $$");

        Assert.Equal(-9, (await machine.UntilExitedAsync(server)).ExitStatus);
    }

    [Fact]
    public async Task The_next_hub_finds_the_server_and_stops_it()
    {
        await using var machine = new Machine();
        var server = await machine.RunAsync("exec sleep 1000");
        var next = machine.NewSimple();

        // What leads to it ignores SIGINT where a test run in the background does.
        await Machine.UntilRunsAsync(Machine.Pid(server), "sleep");
        Assert.True((await next.PollAsync(server, CancellationToken.None)).IsRunning);
        await next.StopAsync(server, CancellationToken.None);
        Assert.False(Machine.Lives(Machine.Pid(server)));
        var condition = await next.PollAsync(server, CancellationToken.None);
        Assert.False(condition.IsRunning);
        Assert.Null(condition.ExitStatus);
        // Stopping again is no error.
        await next.StopAsync(server, CancellationToken.None);
    }

    [Theory]
    [InlineData("trap '' INT; while :; do sleep 0.05; done")]
    [InlineData("trap '' INT TERM; while :; do sleep 0.05; done")]
    public async Task A_server_that_ignores_signals_is_stopped_by_the_next_stronger_one(string script)
    {
        await using var machine = new Machine();
        (machine.Options.InterruptTimeout, machine.Options.TermTimeout) = (0.5, 0.5);
        var server = await machine.RunAsync($"{script} # ready");
        await Machine.UntilAsync(() => IgnoresInterrupt(Machine.Pid(server)));

        await machine.Simple.StopAsync(server, CancellationToken.None);

        Assert.False(Machine.Lives(Machine.Pid(server)));
    }

    [Fact]
    public async Task A_hub_that_ignores_signals_does_not_hand_that_on()
    {
        // What nohup and a script's "&" do to a program: the start of a server is repeated below a shell that ignores signals.
        await using var machine = new Machine();
        var note = Path.Combine(machine.Data, "mask");
        var command = await ServerCommand.BuildAsync(
            new LocalProcessSpawnerOptions { Command = ["/bin/sh", "-c", $"grep SigIgn /proc/self/status > {note}"] },
            new ServerAccount("ada", machine.Data, "/bin/sh", null),
            new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
            new ServerLogs(machine.Data).Begin("ada", ""));
        command.ArgumentList.Insert(0, "-c");
        command.ArgumentList.Insert(1, "trap '' HUP INT QUIT TERM; exec /bin/sh \"$@\"");
        command.ArgumentList.Insert(2, "sh");
        using var process = System.Diagnostics.Process.Start(command)!;
        await process.StandardInput.WriteLineAsync("go");
        process.StandardInput.Close();
        await process.WaitForExitAsync();

        var mask = Convert.ToUInt64((await File.ReadAllTextAsync(note)).Split('\t')[1].Trim(), 16);
        Assert.Equal(0UL, mask & 0b100_0000_0000_0111);
    }

    [Fact]
    public async Task A_polite_server_gets_the_time_to_say_good_bye()
    {
        await using var machine = new Machine();
        var server = await machine.RunAsync("trap 'sleep 0.3; echo bye; exit 0' INT; echo ready; while :; do sleep 0.05; done");
        var log = new ServerLogs(machine.Data);
        await Machine.UntilAsync(() => log.Tail("ada", "") == "ready");

        await machine.Simple.StopAsync(server, CancellationToken.None);

        Assert.Equal("ready | bye", log.Tail("ada", ""));
    }

    [Fact]
    public async Task What_a_server_leaves_behind_in_its_session_goes_with_it()
    {
        await using var machine = new Machine();
        var note = Path.Combine(machine.Data, "child");
        // A background process of a shell ignores SIGINT.
        var server = await machine.RunAsync($"sleep 1000 & echo $! > {note}.tmp; mv {note}.tmp {note}; exec sleep 1001");
        await Machine.UntilAsync(() => File.Exists(note));
        var child = int.Parse(await File.ReadAllTextAsync(note), System.Globalization.CultureInfo.InvariantCulture);
        await Machine.UntilRunsAsync(Machine.Pid(server), "sleep 1001");
        Assert.True(Machine.Lives(child));

        await machine.Simple.StopAsync(server, CancellationToken.None);

        await Machine.UntilAsync(() => !Machine.Lives(child));
    }

    [Fact]
    public async Task A_start_that_was_given_up_before_starts_nothing()
    {
        await using var machine = new Machine();
        machine.Options.Command = ["sleep", "1000"];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => machine.Simple.StartAsync(machine.Request(), new CancellationToken(canceled: true)));

        Assert.Empty(machine.Observer.States);
    }

    [Fact]
    public async Task A_hub_that_dies_before_it_has_saved_the_process_leaves_none()
    {
        await using var machine = new Machine();
        var note = Path.Combine(machine.Data, "ran");
        var command = await ServerCommand.BuildAsync(
            new LocalProcessSpawnerOptions { Command = ["/bin/sh", "-c", $"echo > {note}"] },
            new ServerAccount("ada", machine.Data, "/bin/sh", null),
            new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
            new ServerLogs(machine.Data).Begin("ada", ""));
        using var process = System.Diagnostics.Process.Start(command)!;

        // What the end of the hub's process does to its pipes.
        process.StandardInput.Close();
        await process.WaitForExitAsync();

        Assert.NotEqual(0, process.ExitCode);
        Assert.False(File.Exists(note));
    }

    [Fact]
    public async Task A_process_whose_state_cannot_be_saved_does_not_stay()
    {
        await using var machine = new Machine();
        machine.Options.Command = ["sleep", "1000"];
        machine.Observer.SaveError = new IOException("database away");

        await Assert.ThrowsAsync<IOException>(() => machine.Simple.StartAsync(machine.Request(), CancellationToken.None));

        var pid = Assert.Single(machine.Observer.States)["pid"]!.GetValue<int>();
        await Machine.UntilAsync(() => !Machine.Lives(pid));
    }

    [Fact]
    public async Task State_without_a_process_is_a_server_that_has_ended()
    {
        await using var machine = new Machine();
        foreach (var state in (string[])["{}", """{"pid":0}""", """{"pid":-1}""", """{"pid":1}""", """{"pid":"7"}""", """{"pid":1e99}""", """{"pid":null}"""])
        {
            var server = new ServerReference("ada", "", (JsonObject)JsonNode.Parse(state)!);
            Assert.False((await machine.Simple.PollAsync(server, CancellationToken.None)).IsRunning);
            await machine.Simple.StopAsync(server, CancellationToken.None);
        }
    }

    private static List<string> CommandLinesWith(string secret, TaskCompletionSource looked, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var folder in Directory.EnumerateDirectories("/proc"))
            {
                if (int.TryParse(Path.GetFileName(folder), out var pid) && Machine.CommandLine(pid) is var line && line.Contains(secret, StringComparison.Ordinal))
                {
                    found.Add(line);
                }
            }

            looked.TrySetResult();
        }

        return found;
    }

    private static bool IgnoresInterrupt(int pid)
    {
        // SigIgn is a bit mask; SIGINT is bit 1.
        var mask = File.ReadLines(Machine.Proc(pid, "status")).First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim();
        return (Convert.ToUInt64(mask, 16) & 2) != 0 && Machine.CommandLine(pid).Contains("# ready", StringComparison.Ordinal);
    }
}
