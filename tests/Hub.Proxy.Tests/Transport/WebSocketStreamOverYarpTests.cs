namespace JupyterHub.Proxy.Tests.Transport;

public sealed class WebSocketStreamOverYarpTests : WebSocketStreamTests
{
    protected override bool UsesDirectPath => false;
}
