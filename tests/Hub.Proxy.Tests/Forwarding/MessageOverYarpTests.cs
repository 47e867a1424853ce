namespace JupyterHub.Proxy.Tests.Forwarding;

public sealed class MessageOverYarpTests : MessageTests
{
    protected override bool UsesDirectPath => false;
}
