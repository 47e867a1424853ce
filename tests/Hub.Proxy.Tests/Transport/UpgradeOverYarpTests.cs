namespace JupyterHub.Proxy.Tests.Transport;

public sealed class UpgradeOverYarpTests : UpgradeTests
{
    protected override bool UsesDirectPath => false;
}
