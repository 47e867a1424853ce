namespace JupyterHub.Proxy.Tests.Forwarding;

public sealed class LoopOverYarpTests : LoopTests
{
    protected override bool UsesDirectPath => false;
}
