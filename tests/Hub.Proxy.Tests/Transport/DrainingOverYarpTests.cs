namespace JupyterHub.Proxy.Tests.Transport;

public sealed class DrainingOverYarpTests : DrainingTests
{
    protected override bool UsesDirectPath => false;
}
