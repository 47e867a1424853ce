using JupyterHub.AspNetCore.Tests.Fixtures;
using JupyterHub.Core.Services;
using JupyterHub.Testing;

namespace JupyterHub.AspNetCore.Tests.Services;

/// <summary>Of several hubs on one database one runs the services (design 9).</summary>
public sealed class SharedServicesTests
{
    [Fact]
    public async Task The_second_hub_leaves_them_to_the_first_and_takes_over_when_that_is_gone()
    {
        using var data = new TestFolder();
        var first = await StartAsync(data);
        await using var second = await StartAsync(data);
        var pid = (await ManagedHub.RowAsync(second)).Pid!.Value;

        Assert.Equal(pid, (int)(await ManagedHub.AskAsync(first))["pid"]!);
        Assert.Equal(pid, (int)(await ManagedHub.AskAsync(second))["pid"]!);
        Assert.Equal([pid], Running(data));
        await first.DisposeAsync();

        var next = await ManagedHub.NextPidAsync(second, pid);
        Assert.False(ManagedHub.IsAlive(pid));
        Assert.Equal([next], Running(data));
    }

    private static Task<HubHost> StartAsync(TestFolder data) => ManagedHub.StartAsync(
        service => service.Environment["DATA"] = data.Path, setup: hub => hub.Hub = options => options.DataDirectory = data.Path);

    private static int[] Running(TestFolder data) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var pid) ? pid : 0)
            .Where(pid => pid != 0 && ManagedHub.IsAlive(pid) && Environment(pid).Contains($"DATA={data.Path}\0", StringComparison.Ordinal)),
    ];

    private static string Environment(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/environ");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
