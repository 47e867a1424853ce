using System.Text.Json.Nodes;
using JupyterHub.Proxy.Forwarding;
using JupyterHub.Testing;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>A proxy that takes configurable-http-proxy's command line and has its REST API.</summary>
internal sealed record ProxyProgram(string Name, IReadOnlyList<string> Command)
{
    public static ProxyProgram Original { get; } = new("theirs", ["configurable-http-proxy"]);

    public static ProxyProgram Ours { get; } = new("ours", ["dotnet", BuiltPrograms.Hub, "proxy"]);

    /// <summary>Ours with all requests forwarded by YARP.</summary>
    public static ProxyProgram OursOverYarp { get; } = new(
        "ours over YARP", ["dotnet", "exec", "--runtimeconfig", WriteRuntimeConfiguration(), "--depsfile", Path.ChangeExtension(BuiltPrograms.Hub, ".deps.json"), BuiltPrograms.Hub, "proxy"]);

    private static string WriteRuntimeConfiguration()
    {
        var configuration = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(BuiltPrograms.Hub, ".runtimeconfig.json")))!;
        configuration["runtimeOptions"]!["configProperties"]![ForwardingOptions.NoDirectPath] = true;
        var path = Path.Combine(AppContext.BaseDirectory, "hub-over-yarp.runtimeconfig.json");
        File.WriteAllText(path, configuration.ToJsonString());
        return path;
    }
}
