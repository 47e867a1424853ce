using System.Diagnostics;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Services;
using JupyterHub.Core.Spawning;
using JupyterHub.Spawners.LocalProcess;
using JupyterHub.Spawners.LocalServices;
using JupyterHub.Spawners.Tests.LocalProcess;
using JupyterHub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Spawners.Tests.LocalServices;

public sealed class ServiceLauncherTests : IDisposable
{
    private const string SystemUser = "games";

    private readonly TestFolder folder = new();

    [Fact]
    public async Task It_gets_its_own_variables_and_of_the_hub_s_only_those_that_are_let_through()
    {
        Environment.SetEnvironmentVariable("HUB_TEST_SECRET_OF_THE_HUB", "x");
        var process = await StartAsync(Launch("") with { Command = ["/bin/sleep", "1000"] });
        await Machine.UntilRunsAsync(process.Pid, "/bin/sleep");

        var variables = Machine.EnvironmentOf(process.Pid);

        await process.StopAsync(CancellationToken.None);
        Assert.Equal("tell", variables["JUPYTERHUB_SERVICE_NAME"]);
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), variables["PATH"]);
        Assert.All(variables.Keys.Except(["JUPYTERHUB_SERVICE_NAME"]), name => Assert.Contains(name, Spawners.ServerEnvironment.ServerVariables.InheritedByLocalServers));
    }

    [Fact]
    public async Task Its_end_is_told_with_status_and_last_words_and_leaves_no_record()
    {
        var process = await StartAsync(Launch("echo goodbye; exit 4"));

        var condition = await Eventually.Within(process.WaitForExitAsync(CancellationToken.None));

        Assert.Equal((false, 4, "goodbye"), (condition.IsRunning, condition.ExitStatus, condition.Detail));
        Assert.Empty(new ServiceRecords(folder.Path).Names());
    }

    [Fact]
    public async Task A_stop_that_is_cancelled_kills()
    {
        var process = await StartAsync(Launch("trap '' INT TERM; echo deaf; while true; do sleep 1; done"));
        await Eventually.TrueAsync("it is deaf", async () => (await File.ReadAllTextAsync(new ServiceRecords(folder.Path).LogPathOf("tell"))).Contains("deaf", StringComparison.Ordinal));

        await process.StopAsync(new CancellationToken(canceled: true));

        Assert.False(Machine.Lives(process.Pid));
    }

    [Fact]
    public async Task What_an_earlier_hub_left_behind_is_ended()
    {
        var left = await StartAsync(Launch("exec sleep 1000"));

        await NewLauncher().EndLeftoversAsync(CancellationToken.None);

        Assert.False(Machine.Lives(left.Pid));
        Assert.Empty(new ServiceRecords(folder.Path).Names());
    }

    [Fact]
    public async Task Another_process_with_the_pid_of_one_that_is_gone_is_left_alone()
    {
        using var stranger = Process.Start("/bin/sleep", "1000");
        var identity = ProcessIdentity.Of(stranger.Id)!;
        new ServiceRecords(folder.Path).Save("tell", identity with { StartTime = identity.StartTime - 1 });

        await NewLauncher().EndLeftoversAsync(CancellationToken.None);

        Assert.False(stranger.HasExited);
        stranger.Kill();
        Assert.Empty(new ServiceRecords(folder.Path).Names());
    }

    [Fact]
    public async Task As_root_it_runs_as_the_user_that_is_named()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            // Who is not root cannot switch; the refusal is tested below.
            return;
        }

        var process = await StartAsync(Launch("exec sleep 1000") with { User = SystemUser, Folder = "/" });
        await Machine.UntilRunsAsync(process.Pid, "sleep");

        var account = SystemAccount.Find(SystemUser)!;
        var uid = (await File.ReadAllLinesAsync(Machine.Proc(process.Pid, "status"))).Single(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        var variables = Machine.EnvironmentOf(process.Pid);
        await process.StopAsync(CancellationToken.None);
        Assert.Equal($"Uid:\t{account.UserId}\t{account.UserId}\t{account.UserId}\t{account.UserId}", uid);
        Assert.Equal((SystemUser, account.Home), (variables["USER"], variables["HOME"]));
    }

    [Fact]
    public void Without_root_only_the_hub_s_own_user_can_be_named()
    {
        Assert.Null(ServiceAccount.Of(null, isRoot: false, "hub"));
        Assert.True(ServiceAccount.Of(SystemUser, isRoot: false, SystemUser)!.IsOwn);
        Assert.False(ServiceAccount.Of(SystemUser, isRoot: true, "root")!.IsOwn);
        var refusal = Assert.Throws<SpawnException>(() => ServiceAccount.Of(SystemUser, isRoot: false, "hub"));
        Assert.Equal("The hub runs as hub and cannot become the system user games (User); leave User out, or run the hub as root.", refusal.Message);
        Assert.Throws<SpawnException>(() => ServiceAccount.Of("root", isRoot: false, "hub"));
        Assert.Throws<SpawnException>(() => ServiceAccount.Of("root", isRoot: true, "another-name-of-root"));
    }

    public void Dispose() => folder.Dispose();

    private static ServiceLaunch Launch(string script) => new()
    {
        Name = "tell",
        Command = ["/bin/sh", "-c", script],
        Environment = new Dictionary<string, string> { ["JUPYTERHUB_SERVICE_NAME"] = "tell" },
    };

    private Task<IServiceProcess> StartAsync(ServiceLaunch launch) => NewLauncher().StartAsync(launch, CancellationToken.None);

    private ServiceLauncher NewLauncher() => new(new HubDataFolder(folder.Path), TimeProvider.System, NullLogger<ServiceLauncher>.Instance);
}
