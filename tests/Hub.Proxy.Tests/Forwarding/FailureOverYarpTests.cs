namespace JupyterHub.Proxy.Tests.Forwarding;

public sealed class FailureOverYarpTests : FailureTests
{
    protected override bool UsesDirectPath => false;
}
