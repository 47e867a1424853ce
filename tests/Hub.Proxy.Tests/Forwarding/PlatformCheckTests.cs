using JupyterHub.Proxy.Forwarding;

namespace JupyterHub.Proxy.Tests.Forwarding;

public class PlatformCheckTests
{
    [Theory]
    [InlineData("10.0.0", true)]
    [InlineData("10.0.12+0123abc", true)]
    [InlineData("11.0.0-preview.1.26101.1", true)]
    [InlineData("10.0.0-rtm.25523.111+a", true)]
    [InlineData("10.0.0-rc.2.25502.107+a", true)]
    [InlineData("10.0.0-rc.1.25451.107+a", false)]
    [InlineData("10.0.0-preview.7.25380.108", false)]
    [InlineData("9.0.9", false)]
    [InlineData("", false)]
    [InlineData("whatever", false)]
    public void Versions_without_the_remedy_are_known(string version, bool isMended) => Assert.Equal(isMended, PlatformCheck.IsMended(version));

    [Fact]
    public void The_platform_of_these_tests_has_it() => PlatformCheck.Require();
}
