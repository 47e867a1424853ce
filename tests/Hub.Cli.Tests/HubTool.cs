using System.Diagnostics;
using JupyterHub.Testing;

namespace JupyterHub.Cli.Tests;

/// <summary>Runs the built tool as a process of its own.</summary>
internal static class HubTool
{
    private static readonly TimeSpan Deadline = Eventually.Deadline;

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "JupyterHub.Cli.dll");

    public static Task<ToolResult> RunAsync(params string[] arguments) => RunAsync(arguments, "", new Dictionary<string, string?>());

    public static async Task<ToolResult> RunAsync(string[] arguments, string input, IReadOnlyDictionary<string, string?> environment)
    {
        using var process = Start("dotnet", [Program, .. arguments], environment);
        using var deadline = new CancellationTokenSource(Deadline);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await process.StandardInput.WriteAsync(input);
        }
        catch (IOException)
        {
            // It ended without reading.
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(deadline.Token);
        return new ToolResult(process.ExitCode, await output, await error);
    }

    /// <summary>Runs the tool on a terminal and answers each prompt when it stands there; returns what the terminal shows.</summary>
    public static Task<ToolResult> RunOnTerminalAsync(string[] arguments, params (string Prompt, string Answer)[] dialogue) =>
        RunOnTerminalAsync("dumb", arguments, dialogue);

    /// <summary>As <see cref="RunOnTerminalAsync(string[], (string, string)[])"/>, on a terminal of a certain kind.</summary>
    public static async Task<ToolResult> RunOnTerminalAsync(string terminal, string[] arguments, params (string Prompt, string Answer)[] dialogue)
    {
        var command = $"dotnet '{Program}' {string.Join(' ', arguments.Select(argument => $"'{argument}'"))}";
        using var process = Start("script", ["-q", "-e", "-c", command, "/dev/null"], new Dictionary<string, string?> { ["TERM"] = terminal });
        using var deadline = new CancellationTokenSource(Deadline);
        var shown = "";
        var buffer = new char[4096];
        foreach (var (prompt, answer) in dialogue)
        {
            while (!shown.Contains(prompt, StringComparison.Ordinal))
            {
                var count = await process.StandardOutput.ReadAsync(buffer, deadline.Token);
                Assert.True(count > 0, $"The tool ended before it asked \"{prompt}\": {shown}");
                shown += new string(buffer, 0, count);
            }

            await process.StandardInput.WriteAsync(answer + "\r");
            await process.StandardInput.FlushAsync(deadline.Token);
        }

        shown += await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return new ToolResult(process.ExitCode, shown, "");
    }

    private static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
