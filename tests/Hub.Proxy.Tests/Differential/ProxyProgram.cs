using System.Diagnostics;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>A proxy that takes configurable-http-proxy's command line and has its REST API.</summary>
internal sealed record ProxyProgram(string Name, IReadOnlyList<string> Command)
{
    public static ProxyProgram Original { get; } = new("theirs", ["configurable-http-proxy"]);

    public static ProxyProgram Ours { get; } = new("ours", ["dotnet", Tool, "proxy"]);

    // Built as these tests are: .../bin/Release/net10.0
    private static string Tool
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            return Repository.Combine("src", "Hub.Cli", "bin", output.Parent!.Name, output.Name, "JupyterHub.Cli.dll");
        }
    }

    /// <summary>False until the tool has the command.</summary>
    public static bool HasOurs { get; } = Knows(Ours);

    private static bool Knows(ProxyProgram program)
    {
        using var process = Process.Start(new ProcessStartInfo(program.Command[0], [.. program.Command.Skip(1), "--help"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var help = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return help.Contains("--api-port", StringComparison.Ordinal);
    }
}
