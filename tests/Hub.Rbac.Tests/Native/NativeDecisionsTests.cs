using System.Diagnostics;
using JupyterHub.Testing;

namespace JupyterHub.Rbac.Tests.Native;

public sealed class NativeDecisionsTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    /// <summary>The library compiles to native code without a warning, and decides the same there.</summary>
    [Fact]
    public async Task A_console_app_of_native_code_decides()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var process = Process.Start(new ProcessStartInfo("bash", [Repository.Combine("eng", "aot", "check.sh")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false" },
        })!;
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);

        Assert.True(process.ExitCode == 0, output + await error);
        Assert.Equal(6, output.Split('\n').Count(line => line.StartsWith("ok   ", StringComparison.Ordinal)));
        Assert.DoesNotContain("WRONG", output, StringComparison.Ordinal);
    }
}
