using JupyterHub.Proxy.Tests.Differential;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary><c>hub proxy</c> as it is started in earnest, once for all attacks of a class: what one leaves behind would meet the next.</summary>
public sealed class HubProxyProcess : IAsyncLifetime
{
    private ProxyProcess? plain;
    private ProxyProcess? hosts;

    internal ProxyProcess Plain => plain!;

    /// <summary>With routing by host.</summary>
    internal ProxyProcess Hosts => hosts!;

    public async Task InitializeAsync()
    {
        plain = await ProxyProcess.StartAsync(ProxyProgram.Ours, new ProxyOptions("hostile"), text => text);
        hosts = await ProxyProcess.StartAsync(ProxyProgram.Ours, new ProxyOptions("hostile-hosts", "--host-routing"), text => text);
    }

    public async Task DisposeAsync()
    {
        await Plain.DisposeAsync();
        await Hosts.DisposeAsync();
    }
}
