namespace JupyterHub.Proxy.Tests.ActivityTracking;

public sealed class ActivityOverYarpTests : ActivityTests
{
    protected override bool UsesDirectPath => false;
}
