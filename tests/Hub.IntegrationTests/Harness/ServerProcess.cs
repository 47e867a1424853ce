using JupyterHub.Testing;
using System.Collections.Concurrent;
using System.Diagnostics;

namespace JupyterHub.IntegrationTests.Harness;

/// <summary>A program that a test runs, with its output.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ConcurrentQueue<string> errors = new();

    public ServerProcess(ProcessStartInfo start)
    {
        // Tests that run in the background of a shell ignore SIGINT, and so would what they start.
        start.ArgumentList.Insert(0, start.FileName);
        start.ArgumentList.Insert(0, "--default-signal=INT");
        start.FileName = "env";
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data, lines);
        process.ErrorDataReceived += (_, line) =>
        {
            Keep(line.Data, lines);
            Keep(line.Data, errors);
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Both streams, as they came.</summary>
    public string Output => string.Join('\n', lines);

    public IReadOnlyList<string> Lines => [.. lines];

    /// <summary>What went to standard error, without empty lines.</summary>
    public IReadOnlyList<string> Errors => [.. errors.Where(line => line.Length > 0)];

    /// <summary>SIGTERM, and the time to obey it.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync();
        return await WaitForExitAsync();
    }

    public async Task<int> WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(Eventually.Deadline);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The process did not end.\n{Output}");
        }

        return process.ExitCode;
    }

    /// <summary>SIGKILL, this process alone: what it started stays.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static void Keep(string? line, ConcurrentQueue<string> where)
    {
        if (line is not null)
        {
            where.Enqueue(line);
        }
    }
}
