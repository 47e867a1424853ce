namespace JupyterHub.Core.Configuration;

/// <summary>Section <c>JupyterHub:Proxy</c> of a proxy that has no settings in the configuration: its <c>Type</c> alone.</summary>
internal sealed class ProxyOptions
{
    /// <summary>The type that runs inside the hub.</summary>
    public const string InProcess = "inprocess";

    /// <summary>The type that is another program with the API of configurable-http-proxy.</summary>
    public const string ConfigurableHttpProxy = "chp";
}
