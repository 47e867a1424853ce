namespace JupyterHub.Proxy.Tests.Forwarding;

public sealed class ForwardingHeadersOverYarpTests : ForwardingHeadersTests
{
    protected override bool UsesDirectPath => false;
}
