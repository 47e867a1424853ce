using JupyterHub.Proxy.Routing;

namespace JupyterHub.Proxy.Tests.Routing;

public class RoutespecTests
{
    [Theory]
    [InlineData("/", "", "/")]
    [InlineData("/user/ada/", "", "/user/ada/", "user", "ada")]
    [InlineData("/user/ada", "", "/user/ada/", "user", "ada")]
    [InlineData("/user/%61da/", "", "/user/ada/", "user", "ada")]
    [InlineData("/user/a%2fb/", "", "/user/a%2Fb/", "user", "a/b")]
    [InlineData("/user/%40da~/", "", "/user/@da~/", "user", "@da~")]
    [InlineData("Ada.Example.org/user/ada/", "ada.example.org", "ada.example.org/user/ada/", "user", "ada")]
    [InlineData("ada.example.org/", "ada.example.org", "ada.example.org/")]
    public void It_is_read_into_host_and_segments(string text, string host, string canonical, params string[] segments)
    {
        var spec = Routespec.Parse(text);
        Assert.Equal(host, spec.Host);
        Assert.Equal(canonical, spec.Text);
        Assert.Equal(segments, spec.Segments);
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("//")]
    [InlineData("//user/")]
    [InlineData("/user//")]
    [InlineData("/user/../")]
    [InlineData("/user/%2e%2e/")]
    [InlineData("/user/%ff/")]
    [InlineData("/user/%/")]
    [InlineData("/user/%00/")]
    [InlineData("example.org:80/user/")]
    [InlineData("exam ple.org/user/")]
    [InlineData("http://example.org/")]
    public void It_is_refused(string text) => Assert.ThrowsAny<ArgumentException>(() => Routespec.Parse(text));
}
