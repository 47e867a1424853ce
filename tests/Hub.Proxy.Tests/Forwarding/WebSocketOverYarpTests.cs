namespace JupyterHub.Proxy.Tests.Forwarding;

public sealed class WebSocketOverYarpTests : WebSocketTests
{
    protected override bool UsesDirectPath => false;
}
