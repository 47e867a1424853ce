using JupyterHub.Proxy.Tests.Hosts;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>Chooses how a proxy forwards.</summary>
internal static class ForwardingPaths
{
    /// <summary>Has a proxy take a path.</summary>
    public static void Choose(this ForwardingPath path, ProxyHostSetup setup) => setup.UsesDirectPath = path == ForwardingPath.Direct;
}
