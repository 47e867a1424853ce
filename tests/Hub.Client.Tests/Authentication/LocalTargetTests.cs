using JupyterHub.Client.Authentication;

namespace JupyterHub.Client.Tests.Authentication;

public sealed class LocalTargetTests
{
    [Theory]
    [InlineData("/services/x/", true)]
    [InlineData("/services/x/a?b=c", true)]
    [InlineData("/services/x//evil.example", true)]
    [InlineData("/services/xy/", false)]
    [InlineData("/services/x", false)]
    [InlineData("//evil.example/services/x/", false)]
    [InlineData("http://evil.example/services/x/", false)]
    [InlineData("/services/x/\\evil", false)]
    [InlineData("/services/x/\r\nSet-Cookie: a=b", false)]
    [InlineData("/services/x/ü", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_paths_below_the_prefix_are_gone_back_to(string? target, bool expected) =>
        Assert.Equal(expected, LocalTarget.IsLocal(target, "/services/x/"));

    [Theory]
    [InlineData("//evil.example", false)]
    [InlineData("/evil.example", true)]
    public void The_root_is_a_prefix_too(string target, bool expected) => Assert.Equal(expected, LocalTarget.IsLocal(target, "/"));

    [Fact]
    public void What_is_too_long_for_a_cookie_is_forgotten() => Assert.False(LocalTarget.IsLocal("/" + new string('x', 1000), "/"));
}
