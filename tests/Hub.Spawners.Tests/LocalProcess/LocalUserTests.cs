using JupyterHub.Core.Spawning;
using JupyterHub.Spawners.LocalProcess;

namespace JupyterHub.Spawners.Tests.LocalProcess;

public sealed class LocalUserTests
{
    /// <summary>A user that every Debian has and nobody works as.</summary>
    private const string SystemUser = "games";

    [Fact]
    public async Task As_root_a_server_runs_as_the_system_user_with_that_user_s_groups_and_nothing_of_root()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            // Who is not root cannot switch; the refusal is tested below.
            return;
        }

        await using var machine = new Machine();
        machine.Options.Command = ["/bin/sleep", "1000"];
        var account = SystemAccount.Find(SystemUser)!;
        var server = await machine.StartAsync(machine.NewLocal(), SystemUser);
        var pid = Machine.Pid(server);
        await Machine.UntilRunsAsync(pid, "/bin/sleep");

        var status = (await File.ReadAllLinesAsync(Machine.Proc(pid, "status"))).ToDictionary(line => line.Split(':')[0], line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        Assert.Equal(Enumerable.Repeat($"{account.UserId}", 4), status["Uid"].Split('\t'));
        Assert.Equal(Enumerable.Repeat($"{account.GroupId}", 4), status["Gid"].Split('\t'));
        Assert.Equal($"{account.GroupId}", status["Groups"]);
        Assert.All((string[])["CapInh", "CapPrm", "CapEff", "CapAmb"], set => Assert.Equal(0UL, Convert.ToUInt64(status[set], 16)));

        var variables = Machine.EnvironmentOf(pid);
        Assert.Equal((SystemUser, account.Home, account.Shell), (variables["USER"], variables["HOME"], variables["SHELL"]));
        Assert.Equal(Machine.Token, variables["JUPYTERHUB_API_TOKEN"]);
        // The log stays the hub's, and the server can write to it all the same.
        Assert.Equal(new ServerLogs(machine.Data).PathOf(SystemUser, ""), File.ResolveLinkTarget(Machine.Proc(pid, "fd/1"), returnFinalTarget: false)!.FullName);

        await machine.NewLocal().StopAsync(server, CancellationToken.None);
        Assert.False(Machine.Lives(pid));
    }

    [Fact]
    public async Task A_user_s_folder_at_the_head_of_the_path_gives_the_user_nothing_as_root()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return;
        }

        await using var machine = new Machine();
        machine.Options.Command = ["/bin/sleep", "1000"];
        var tools = Directory.CreateTempSubdirectory("hub-test-path-");
        try
        {
            tools.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
            foreach (var name in (string[])["sh", "env", "setsid", "setpriv", "true"])
            {
                var trap = Path.Combine(tools.FullName, name);
                await File.WriteAllTextAsync(trap, $"#!/bin/sh\ntouch {tools.FullName}/trapped\n");
                File.SetUnixFileMode(trap, (UnixFileMode)0b111_101_101);
            }

            machine.Options.Environment["PATH"] = $"{tools.FullName}:/usr/bin:/bin";
            var server = await machine.StartAsync(machine.NewLocal(), SystemUser);
            await Machine.UntilRunsAsync(Machine.Pid(server), "/bin/sleep");

            Assert.False(File.Exists(Path.Combine(tools.FullName, "trapped")));
        }
        finally
        {
            tools.Delete(recursive: true);
        }
    }

    [Fact]
    public void Without_root_only_the_hub_s_own_user_can_have_a_server()
    {
        var refusal = Assert.Throws<SpawnException>(() => LocalProcessSpawner.AccountOf(SystemUser, isRoot: false, ownName: "hubby"));
        Assert.Contains("does not run as root", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("`simple`", refusal.Message, StringComparison.Ordinal);

        var own = LocalProcessSpawner.AccountOf(SystemUser, isRoot: false, ownName: SystemUser);
        Assert.Equal((SystemUser, null), (own.User, own.SwitchTo));
    }

    [Theory]
    [InlineData("no-such-user-here")]
    [InlineData("")]
    [InlineData("games\0x")]
    [InlineData("-x")]
    [InlineData("0")]
    public void There_has_to_be_a_system_user(string name) =>
        Assert.Contains("no system user", Assert.Throws<SpawnException>(() => LocalProcessSpawner.AccountOf(name, isRoot: true, ownName: "root")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_superuser_gets_no_server() =>
        Assert.Contains("superuser", Assert.Throws<SpawnException>(() => LocalProcessSpawner.AccountOf("root", isRoot: true, ownName: "root")).Message, StringComparison.Ordinal);
}
