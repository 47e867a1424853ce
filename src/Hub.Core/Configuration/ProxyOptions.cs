namespace JupyterHub.Core.Configuration;

/// <summary>Settings of the proxy: section <c>JupyterHub:Proxy</c>.</summary>
internal sealed class ProxyOptions
{
    public const string InProcess = "inprocess";

    /// <summary>Which proxy; only <c>inprocess</c> is served.</summary>
    public string Type { get; set; } = InProcess;
}
