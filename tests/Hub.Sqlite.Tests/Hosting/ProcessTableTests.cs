using System.Diagnostics;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Sqlite.Tests.Hosting;

public sealed class ProcessTableTests
{
    [Fact]
    public void This_process_has_a_start_time_and_a_boot()
    {
        Assert.True(ProcessTable.StartTimeOf(Environment.ProcessId) > 0);
        Assert.Matches("^[0-9a-f-]{36}/[0-9]+$", ProcessTable.BootId());
        Assert.StartsWith(Environment.MachineName, ProcessTable.Host(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_ended_has_none_though_nobody_asked_for_its_end_yet()
    {
        // The shell's child ends while the shell, which would collect it, is busy as another program.
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "true & echo $!; exec sleep 600"]) { RedirectStandardOutput = true })!;
        try
        {
            var child = int.Parse((await process.StandardOutput.ReadLineAsync())!, System.Globalization.CultureInfo.InvariantCulture);
            await Testing.Eventually.TrueAsync(() => ProcessTable.StartTimeOf(child) is null);
            Assert.NotNull(ProcessTable.StartTimeOf(process.Id));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.Null(ProcessTable.StartTimeOf(int.MaxValue));
    }
}
