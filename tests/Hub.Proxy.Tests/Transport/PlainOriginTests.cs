using JupyterHub.Proxy.Forwarding;

namespace JupyterHub.Proxy.Tests.Transport;

/// <summary>The short way to read a target gives what .NET's reading of URLs gives, or nothing.</summary>
public sealed class PlainOriginTests
{
    [Theory]
    [InlineData("http://127.0.0.1:43210")]
    [InlineData("http://10.0.0.255:1")]
    [InlineData("http://localhost:65535")]
    [InlineData("http://hub-ada.notebooks.svc.cluster.local:8888")]
    [InlineData("http://3com.example:8080")]
    public void What_hubs_post_is_read_at_once(string text)
    {
        Assert.True(PlainOrigin.TryRead(text, out _));
        AssertSame(text);
    }

    [Theory]
    [InlineData("HTTP://127.0.0.1:1")]
    [InlineData("https://127.0.0.1:1")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.0.0.1:")]
    [InlineData("http://127.0.0.1:80")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:08")]
    [InlineData("http://127.0.0.1:65536")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("http://127.0.0.1:1/x")]
    [InlineData("http://127.0.0.1:1?x")]
    [InlineData("http://127.0.0.1:1#x")]
    [InlineData("http://ada@127.0.0.1:1")]
    [InlineData("http://127.0.0.1:1@example.org:2")]
    [InlineData("http://127.1:1")]
    [InlineData("http://127.0.0.01:1")]
    [InlineData("http://127.0.0.256:1")]
    [InlineData("http://127.0.0.1.1:1")]
    [InlineData("http://0x7f.0.0.1:1")]
    [InlineData("http://2130706433:1")]
    [InlineData("http://a.1:1")]
    [InlineData("http://[::1]:1")]
    [InlineData("http://Example.org:1")]
    [InlineData("http://b\u00fccher.example:1")]
    [InlineData("http://xn--bcher-kva.example:1")]
    [InlineData("http://a..b:1")]
    [InlineData("http://a.:1")]
    [InlineData("http://.a:1")]
    [InlineData("http://-a:1")]
    [InlineData("http://a-:1")]
    [InlineData("http://a_b:1")]
    [InlineData("http://a%62:1")]
    [InlineData("http://a b:1")]
    [InlineData("http://:1")]
    [InlineData("http://a\\b:1")]
    [InlineData("http://a:+1")]
    [InlineData("http://a: 1")]
    [InlineData("http://a:1\0")]
    [InlineData("http://127\0.0.0.1:1")]
    [InlineData("http://127.0.0.1\0:1")]
    [InlineData("http://a:\u0661")]
    [InlineData("http:a:1")]
    public void All_else_is_left_to_the_reading_of_URLs(string text) => Assert.False(PlainOrigin.TryRead(text, out _));

    [Fact]
    public void Targets_made_at_random_are_read_as_before()
    {
        const string Letters = "abz019.-:/";
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            AssertSame($"http://{new string([.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => Letters[random.Next(Letters.Length)])])}:{random.Next(1, 70_000)}");
        }
    }

    private static void AssertSame(string text)
    {
        if (!PlainOrigin.TryRead(text, out var port))
        {
            return;
        }

        var (plain, whole) = (new UpstreamTarget(text, port), new UpstreamTarget(new Uri(text)));
        Assert.Equal(whole, plain);
        Assert.Equal(whole.ToString(), plain.ToString());
        Assert.Equal(
            (whole.Host, whole.Port, whole.Authority, whole.Path, whole.IsTls, whole.IsOnThisMachine, whole.ToUri(), whole.ToEndPoint()),
            (plain.Host, plain.Port, plain.Authority, plain.Path, plain.IsTls, plain.IsOnThisMachine, plain.ToUri(), plain.ToEndPoint()));
    }
}
