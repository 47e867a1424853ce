using System.Text;
using System.Text.Json;
using JupyterHub.Core.Proxying;
using JupyterHub.Proxy.ChpClient;

namespace JupyterHub.Proxy.Tests.ChpClient;

public sealed class ChpRoutesTests
{
    [Fact]
    public async Task Routes_are_read_with_their_data_and_activity()
    {
        var route = Assert.Single(await ReadAsync("""
            {"/user/a b/ü@x~y/": {"target":"http://127.0.0.1:1","jupyterhub":true,"user":"a b","server_name":"ü@x~y","more":{"x":[1]},"last_activity":"2026-03-01T10:11:12.345Z"}}
            """));
        Assert.Equal("/user/a%20b/%C3%BC@x~y/", route.Routespec);
        Assert.Equal(new Uri("http://127.0.0.1:1"), route.Target);
        Assert.Equal("""{"user":"a b","server_name":"\u00FC@x~y","more":{"x":[1]}}""", route.Data.ToJsonString());
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 10, 11, 12, 345, TimeSpan.Zero), route.LastActivity);
    }

    [Theory]
    [InlineData("""{"/a": {"target":"http://x"}}""")]
    [InlineData("""{"/a": {"target":7,"jupyterhub":true}}""")]
    [InlineData("""{"/a": {"target":"nowhere","jupyterhub":true}}""")]
    [InlineData("""{"/a": {"jupyterhub":true}}""")]
    [InlineData("""{"/a": "http://x"}""")]
    [InlineData("""{"/a": null}""")]
    public async Task What_is_not_the_hub_s_or_leads_nowhere_is_left_out(string listing) => Assert.Empty(await ReadAsync(listing));

    [Theory]
    [InlineData("7")]
    [InlineData("\"yesterday\"")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task An_activity_that_cannot_be_read_is_none(string activity) => Assert.Null(
        Assert.Single(await ReadAsync($$"""{"/a": {"target":"http://x","jupyterhub":true,"last_activity":{{activity}} } }""")).LastActivity);

    [Theory]
    [InlineData("/", "/")]
    [InlineData("", "/")]
    [InlineData("/a", "/a/")]
    [InlineData("a/b", "/a/b/")]
    [InlineData("/a%2Fb", "/a%252Fb/")]
    public async Task Keys_become_routespecs(string key, string routespec) =>
        Assert.Equal(routespec, Assert.Single(await ReadAsync($$"""{"{{key}}": {"target":"http://x","jupyterhub":true} }""")).Routespec);

    [Theory]
    [InlineData("""{"/\ud800": {"target":"http://x","jupyterhub":true}}""")]
    [InlineData("""{"/a": {"target":"http://\ud800","jupyterhub":true}}""")]
    [InlineData("""{"/a": {"target":"http://x","jupyterhub":true,"\ud800":1}}""")]
    [InlineData("""{"/a": {"target":"http://x","jupyterhub":true,"last_activity":"\ud800"}}""")]
    [InlineData("""{"/a": {"target":"http://x","jupyterhub":true,"user":"\ud800","server_name":""}}""")]
    public Task Half_a_character_makes_it_no_listing(string listing) => Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(listing));

    [Fact]
    public async Task Two_keys_of_one_place_are_one_route() =>
        Assert.Equal("http://y/", Assert.Single(await ReadAsync("""{"/a": {"target":"http://x","jupyterhub":true}, "/a/": {"target":"http://y","jupyterhub":true}}""")).Target.ToString());

    [Theory]
    [InlineData("http://127.0.0.1:9", "http://127.0.0.1:9")]
    [InlineData("http://127.0.0.1:9/", "http://127.0.0.1:9")]
    [InlineData("http://127.0.0.1:9/docs/", "http://127.0.0.1:9/docs/")]
    public void Targets_are_origins_unless_the_operator_wrote_more(string target, string written) => Assert.Equal(
        $$"""{"target":"{{written}}","jupyterhub":true}""", Encoding.UTF8.GetString(ChpRoutes.Write(new ProxyRoute("/a/", new Uri(target), []))));

    private static Task<IReadOnlyList<ProxyRoute>> ReadAsync(string listing) => ChpRoutes.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(listing)), CancellationToken.None);
}
