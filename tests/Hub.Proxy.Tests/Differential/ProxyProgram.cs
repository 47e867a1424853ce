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
}
