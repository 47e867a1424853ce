using JupyterHub.Proxy.Tests.Hosts;

namespace JupyterHub.Proxy.Tests.Forwarding;

/// <summary>Tests that hold whichever way a plain request takes; a derived class sends it over YARP.</summary>
public abstract class ForwardingTest
{
    protected virtual bool UsesDirectPath => true;

    private protected Task<ProxyHost> StartProxyAsync(Action<ProxyHostSetup>? configure = null) => ProxyHost.StartAsync(setup =>
    {
        setup.UsesDirectPath = UsesDirectPath;
        configure?.Invoke(setup);
    });
}
