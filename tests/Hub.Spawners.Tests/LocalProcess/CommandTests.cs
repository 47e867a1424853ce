using JupyterHub.Core.Spawning;
using JupyterHub.Spawners.LocalProcess;

namespace JupyterHub.Spawners.Tests.LocalProcess;

public sealed class CommandTests
{
    [Fact]
    public async Task A_missing_program_is_named_with_what_to_do()
    {
        await using var machine = new Machine();
        machine.Options.Command = ["jupyterhub-singleuser-that-is-not-there"];

        var failure = await Assert.ThrowsAsync<SpawnException>(() => machine.StartAsync());

        Assert.Equal("The server's program `jupyterhub-singleuser-that-is-not-there` was not found on PATH; install it or set JupyterHub:Spawner:Command.", failure.Message);
        Assert.Empty(machine.Observer.States);
    }

    [Fact]
    public async Task A_program_given_by_its_path_has_to_be_there_and_executable()
    {
        await using var machine = new Machine();
        var plain = Path.Combine(machine.Data, "plain");
        await File.WriteAllTextAsync(plain, "#!/bin/sh\n");
        machine.Options.Command = [plain];

        Assert.Contains("not executable", (await Assert.ThrowsAsync<SpawnException>(() => machine.StartAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_is_looked_for_on_the_server_s_path_and_not_the_hub_s()
    {
        await using var machine = new Machine();
        machine.Options.Command = ["sleep", "1000"];
        machine.Options.Environment["PATH"] = "/nowhere";
        await Assert.ThrowsAsync<SpawnException>(() => machine.StartAsync());

        var tools = Directory.CreateDirectory(Path.Combine(machine.Data, "tools")).FullName;
        File.CreateSymbolicLink(Path.Combine(tools, "own-sleep"), "/bin/sleep");
        machine.Options.Command = ["own-sleep", "1000"];
        machine.Options.Environment["PATH"] = tools;
        var server = await machine.StartAsync();
        await Machine.UntilRunsAsync(Machine.Pid(server), "own-sleep 1000");
    }

    [Fact]
    public async Task Arguments_arrive_as_they_are()
    {
        await using var machine = new Machine();
        machine.Options.Command = ["/usr/bin/printf", "[%s]"];
        machine.Options.Args = ["a b", "$HOME", "'quoted'", "\"", "*", ";", "-x"];
        var server = await machine.StartAsync();

        Assert.Equal("[a b][$HOME]['quoted'][\"][*][;][-x]", (await machine.UntilExitedAsync(server)).Detail);
    }

    [Fact]
    public async Task A_shell_gets_the_quoted_command_as_its_last_argument()
    {
        await using var machine = new Machine();
        machine.Options.ShellCmd = ["/bin/sh", "-c"];
        machine.Options.Command = ["/usr/bin/printf", "[%s]"];
        machine.Options.Args = ["it's", "$HOME"];
        var server = await machine.StartAsync();

        Assert.Equal("[it's][$HOME]", (await machine.UntilExitedAsync(server)).Detail);
    }

    [Fact]
    public async Task Each_user_has_a_home_of_its_own_that_others_cannot_read()
    {
        await using var machine = new Machine();
        foreach (var user in (string[])["ada", "..", ".", ".hidden", "ada b", "Ada", "ada%", "é"])
        {
            var server = await machine.RunAsync("exec sleep 1000", user);
            await Machine.UntilRunsAsync(Machine.Pid(server), "sleep");
            var home = Machine.EnvironmentOf(Machine.Pid(server))["HOME"];
            Assert.Equal(Path.Combine(machine.Data, "homes"), Path.GetDirectoryName(home));
            Assert.Equal(home, File.ResolveLinkTarget(Machine.Proc(Machine.Pid(server), "cwd"), returnFinalTarget: false)!.FullName);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(home));
        }

        Assert.Equal(8, Directory.GetDirectories(Path.Combine(machine.Data, "homes")).Length);
    }

    [Fact]
    public async Task A_template_places_the_homes_elsewhere()
    {
        await using var machine = new Machine();
        machine.Options.HomeDirTemplate = Path.Combine(machine.Data, "people", "{username}", "work");
        var server = await machine.RunAsync("pwd");
        await machine.UntilExitedAsync(server);

        Assert.True(Directory.Exists(Path.Combine(machine.Data, "people", "ada", "work")));
    }

    [Fact]
    public void No_two_names_share_a_folder()
    {
        string[] names = ["a", "A", "a.b", ".", "..", ".a", "%2E", "%2Ea", "a/b", "a%2Fb", "a+b", "é", "e\u0301", "", " ", new string('a', 300), new string('a', 299), new string('é', 200), new string('é', 199)];

        var folders = names.Select(FolderNames.Of).ToList();

        Assert.Equal(names.Length, folders.Distinct(StringComparer.Ordinal).Count());
        Assert.All(folders, folder =>
        {
            Assert.DoesNotContain('/', folder);
            Assert.False(folder.StartsWith('.'));
            Assert.True(folder.Length <= 200);
        });
    }
}
