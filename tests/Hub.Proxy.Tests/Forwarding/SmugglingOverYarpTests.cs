namespace JupyterHub.Proxy.Tests.Forwarding;

public sealed class SmugglingOverYarpTests : SmugglingTests
{
    protected override bool UsesDirectPath => false;
}
