namespace JupyterHub.Proxy.Tests.Forwarding;

public sealed class RewritingOverYarpTests : RewritingTests
{
    protected override bool UsesDirectPath => false;
}
