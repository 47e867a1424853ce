namespace JupyterHub.Proxy.Tests.Forwarding;

public sealed class StreamingOverYarpTests : StreamingTests
{
    protected override bool UsesDirectPath => false;
}
