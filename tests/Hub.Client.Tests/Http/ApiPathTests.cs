using JupyterHub.Client.Http;

namespace JupyterHub.Client.Tests.Http;

public sealed class ApiPathTests
{
    [Theory]
    [InlineData("ada", "/users/ada")]
    [InlineData("a@b~c_d.e-f", "/users/a@b~c_d.e-f")]
    [InlineData("a b/c", "/users/a%20b%2Fc")]
    [InlineData("a+b%2f?x#y;z", "/users/a%2Bb%252f%3Fx%23y%3Bz")]
    [InlineData("ü", "/users/%C3%BC")]
    [InlineData("..", "/users/%2E%2E")]
    [InlineData(".", "/users/%2E")]
    [InlineData("{0}", "/users/%7B0%7D")]
    public void A_name_is_one_segment(string name, string path) => Assert.Equal(path, ApiPath.Of($"/users/{name}"));

    [Fact]
    public void A_name_cannot_be_empty() => Assert.Throws<ArgumentException>(() => ApiPath.Of($"/users/{""}"));

    [Fact]
    public void The_default_server_has_no_name()
    {
        Assert.Equal("/users/a%20b/server", ApiPath.Server("a b", ""));
        Assert.Equal("/users/a%20b/servers/c%2Fd", ApiPath.Server("a b", "c/d"));
        Assert.Equal("/ada/", ApiPath.Shared("ada", ""));
    }

    [Fact]
    public void A_query_has_what_is_given() =>
        Assert.Equal("/x?a=1%262&c=", ApiPath.WithQuery("/x", ("a", "1&2"), ("b", null), ("c", "")));
}
