namespace JupyterHub.AspNetCore.Tests.Proxying;

/// <summary>The programs that a hub is tried behind: each as the setting <c>Command</c> has it, in one text.</summary>
public static class ProxyPrograms
{
    // Debian keeps its modules where only its own node looks for them by itself.
    public const string ConfigurableHttpProxy = "/usr/bin/env NODE_PATH=/usr/share/nodejs configurable-http-proxy";

    /// <summary>Ours.</summary>
    public static string HubProxy => $"dotnet {BuiltPrograms.Hub} proxy";

    public static TheoryData<string> All => [ConfigurableHttpProxy, HubProxy];
}
