using System.Diagnostics;
using System.Text.Json.Nodes;
using JupyterHub.Core.Spawning;
using JupyterHub.Spawners.LocalProcess;

namespace JupyterHub.Spawners.Tests.LocalProcess;

public sealed class PidReuseTests
{
    [Fact]
    public async Task A_later_process_with_the_same_pid_is_neither_taken_for_the_server_nor_signalled()
    {
        await using var machine = new Machine();
        using var stranger = Process.Start("sleep", "1000");
        try
        {
            var real = ProcessIdentity.Of(stranger.Id)!;
            await AssertLeftAloneAsync(machine, stranger, real with { StartTime = real.StartTime + 1 });
            await AssertLeftAloneAsync(machine, stranger, real with { BootId = "another-boot" });
            // As the original writes it: the pid alone.
            await AssertLeftAloneAsync(machine, stranger, real with { StartTime = null, BootId = null });
        }
        finally
        {
            stranger.Kill();
            await stranger.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_server_that_the_original_started_is_known_by_its_environment()
    {
        await using var machine = new Machine();
        var server = await machine.RunAsync("exec sleep 1000");
        await Machine.UntilRunsAsync(Machine.Pid(server), "sleep");
        var original = new JsonObject { ["pid"] = Machine.Pid(server) };

        Assert.True((await machine.Simple.PollAsync(new ServerReference("ada", "", original), CancellationToken.None)).IsRunning);
        Assert.False((await machine.Simple.PollAsync(new ServerReference("ada", "lab", original), CancellationToken.None)).IsRunning);
        Assert.False((await machine.Simple.PollAsync(new ServerReference("eve", "", original), CancellationToken.None)).IsRunning);
    }

    [Theory]
    [InlineData("1 (sh) S 0 1 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 3 0 4242 1 2", 'S', 7, 3, 4242)]
    [InlineData("1 (a) b) ( R) Z 0 1 9 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 99 1 2", 'Z', 9, 1, 99)]
    public void A_program_s_name_cannot_forge_the_fields_behind_it(string line, char state, int session, int threads, long startTime)
    {
        Assert.Equal(new ProcessStat(state, session, threads, startTime), ProcessStat.Parse(line));
        Assert.Null(ProcessStat.Parse("1 (sh) S 0"));
    }

    [Fact]
    public async Task A_process_lives_until_its_last_thread_has_ended()
    {
        // SYS_exit of these two architectures ends the thread that calls it, and nothing else.
        const string Script = """
            import ctypes, platform, threading, time
            threading.Thread(target=time.sleep, args=(1000,)).start()
            ctypes.CDLL(None).syscall({"x86_64": 60, "aarch64": 93}[platform.machine()], 0)
            """;
        using var process = Process.Start(new ProcessStartInfo("python3", ["-c", Script]))!;
        try
        {
            var identity = ProcessIdentity.Of(process.Id)!;
            await Machine.UntilAsync(() => ProcessStat.Read(process.Id) is { State: 'Z' });

            Assert.True(identity.IsAlive(new ProcessMark()));
            process.Kill();
            await Machine.UntilAsync(() => !identity.IsAlive(new ProcessMark()));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task AssertLeftAloneAsync(Machine machine, Process stranger, ProcessIdentity identity)
    {
        var server = new ServerReference("ada", "", identity.ToState());

        Assert.False((await machine.Simple.PollAsync(server, CancellationToken.None)).IsRunning);
        await machine.Simple.StopAsync(server, CancellationToken.None);
        Assert.True(Machine.Lives(stranger.Id));
    }
}
