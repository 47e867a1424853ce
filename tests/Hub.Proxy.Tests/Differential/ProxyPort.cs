namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>The doors of a proxy.</summary>
internal enum ProxyPort
{
    Public,
    Api,
    Metrics,
    Redirect,
}
