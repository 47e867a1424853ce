using JupyterHub.Spawners.LocalProcess;
using JupyterHub.Testing;

namespace JupyterHub.Spawners.Tests.LocalProcess;

public sealed class ServerLogsTests
{
    [Fact]
    public async Task Output_goes_to_a_file_that_only_the_hub_can_read()
    {
        await using var machine = new Machine();
        var server = await machine.RunAsync("echo out; echo err >&2");
        await machine.UntilExitedAsync(server);

        var log = Path.Combine(machine.Data, "logs", "servers", "ada.log");
        Assert.Equal("out\nerr\n", await File.ReadAllTextAsync(log));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(log));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(log)!));
    }

    [Fact]
    public async Task The_last_few_logs_are_kept()
    {
        using var folder = new TestFolder();
        var logs = new ServerLogs(folder.Path);
        for (var run = 1; run <= 6; run++)
        {
            await File.WriteAllTextAsync(logs.Begin("ada", "lab"), $"run {run}");
        }

        Assert.Equal(
            ["ada+lab.log: run 6", "ada+lab.log.1: run 5", "ada+lab.log.2: run 4", "ada+lab.log.3: run 3"],
            Directory.GetFiles(logs.Folder).Order(StringComparer.Ordinal).Select(file => $"{Path.GetFileName(file)}: {File.ReadAllText(file)}"));
    }

    [Fact]
    public async Task The_tail_is_short_and_printable()
    {
        using var folder = new TestFolder();
        var logs = new ServerLogs(folder.Path);
        Assert.Null(logs.Tail("ada", ""));
        var path = logs.Begin("ada", "");
        Assert.Null(logs.Tail("ada", ""));
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Range(0, 5000).Select(line => $"\u001b[31mline {line}\r\n")) + "\n\n");

        var tail = logs.Tail("ada", "")!;

        Assert.EndsWith("[31mline 4998 | [31mline 4999", tail, StringComparison.Ordinal);
        Assert.DoesNotContain(tail, char.IsControl);
        Assert.True(tail.Length <= 1500);
    }

    [Fact]
    public void No_two_servers_share_a_log()
    {
        var logs = new ServerLogs("/data");
        Assert.NotEqual(logs.PathOf("a", "b"), logs.PathOf("a+b", ""));
        Assert.NotEqual(logs.PathOf("a", "b+c"), logs.PathOf("a+b", "c"));
        Assert.Equal("/data/logs/servers/%2E..log", logs.PathOf("..", ""));
    }
}
