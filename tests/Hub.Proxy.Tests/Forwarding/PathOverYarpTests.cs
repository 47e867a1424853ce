namespace JupyterHub.Proxy.Tests.Forwarding;

public sealed class PathOverYarpTests : PathTests
{
    protected override bool UsesDirectPath => false;
}
