using System.Net;
using System.Net.Sockets;
using JupyterHub.Proxy.Forwarding;

namespace JupyterHub.Proxy.Tests.Transport;

public class UpstreamTargetTests
{
    [Theory]
    [InlineData("http://127.0.0.1:1234", false, "127.0.0.1", 1234, "127.0.0.1:1234", "")]
    [InlineData("http://127.0.0.1:1234/", false, "127.0.0.1", 1234, "127.0.0.1:1234", "")]
    [InlineData("HTTP://Ada.Example.org", false, "ada.example.org", 80, "ada.example.org", "")]
    [InlineData("https://ada.example.org", true, "ada.example.org", 443, "ada.example.org", "")]
    [InlineData("https://ada.example.org:80/base/", true, "ada.example.org", 80, "ada.example.org:80", "/base")]
    [InlineData("http://ada:8888/a/%7eb/../c", false, "ada", 8888, "ada:8888", "/a/c")]
    [InlineData("http://[::1]:8080/x", false, "::1", 8080, "[::1]:8080", "/x")]
    [InlineData("http://[0:0::1]", false, "::1", 80, "[::1]", "")]
    [InlineData("http://b\u00fccher.example/", false, "xn--bcher-kva.example", 80, "xn--bcher-kva.example", "")]
    public void An_origin_and_a_path_are_read(string text, bool tls, string host, int port, string authority, string path)
    {
        var target = Parse(text);
        Assert.Equal((tls, host, port, authority, path), (target.IsTls, target.Host, target.Port, target.Authority, target.Path));
        Assert.Null(target.SocketPath);
        Assert.Equal($"{(tls ? "https" : "http")}://{authority}{path}", target.ToString());
        Assert.Equal(target, UpstreamTarget.Of(target.ToUri()));
    }

    [Theory]
    [InlineData("http+unix://%2Frun%2Fada.sock", "/run/ada.sock", "")]
    [InlineData("unix+http://%2Frun%2Fada.sock/", "/run/ada.sock", "")]
    [InlineData("HTTP+Unix://%2frun%2Fa%20b%C3%BC.sock/base/x", "/run/a b\u00fc.sock", "/base/x")]
    [InlineData("http+unix:///run/ada.sock", "/run/ada.sock", "")]
    [InlineData("http+unix:///run/a%20b.sock", "/run/a b.sock", "")]
    public void A_unix_socket_is_read(string text, string socket, string path)
    {
        var target = Parse(text);
        Assert.Equal((socket, path, "localhost", false), (target.SocketPath, target.Path, target.Authority, target.IsTls));
        Assert.IsType<UnixDomainSocketEndPoint>(target.ToEndPoint());
        if (path.Length == 0)
        {
            Assert.Equal(target, UpstreamTarget.Of(target.ToUri()));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" http://a")]
    [InlineData("http://a b/")]
    [InlineData("http://a\r\nHost: b/")]
    [InlineData("http://a\0/")]
    [InlineData("http:\\\\a\\b")]
    [InlineData("/relative")]
    [InlineData("a:80")]
    [InlineData("127.0.0.1:80")]
    [InlineData("http:")]
    [InlineData("http://")]
    [InlineData("http:///path")]
    [InlineData("http://:80/")]
    [InlineData("http://a:0/")]
    [InlineData("http://a:65536/")]
    [InlineData("http://a:-1/")]
    [InlineData("http://a:80:90/")]
    [InlineData("http://[::1/")]
    [InlineData("http://user@a/")]
    [InlineData("http://user:secret@a/")]
    [InlineData("http://@a/")]
    [InlineData("http://a/?q")]
    [InlineData("http://a/?")]
    [InlineData("http://a/#f")]
    [InlineData("http://a#f")]
    [InlineData("http://a?user@b")]
    [InlineData("ftp://a/")]
    [InlineData("ws://a/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https+unix://%2Frun%2Fx.sock")]
    [InlineData("http+unix://")]
    [InlineData("http+unix:///")]
    [InlineData("http+unix://relative.sock")]
    [InlineData("http+unix://%2Frun%2F")]
    [InlineData("http+unix://%2Frun%2Fx.sock:80/")]
    [InlineData("http+unix://ada@%2Frun%2Fx.sock")]
    [InlineData("http+unix://%2Frun%2Fx.sock?x")]
    [InlineData("http+unix://%2Frun%2Fx%00y.sock")]
    [InlineData("http+unix://%00abstract")]
    [InlineData("http+unix://%2Frun%2Fx%0A.sock")]
    [InlineData("http+unix://%2Frun%2Fx%2")]
    [InlineData("http+unix://%2Frun%2F%FF.sock")]
    [InlineData("http+unix://%2Frun%2F\u00fc.sock")]
    public void Anything_else_is_refused_with_a_reason_that_quotes_nothing(string? text)
    {
        Assert.False(UpstreamTarget.TryParse(text, out var target, out var reason));
        Assert.Null(target);
        Assert.EndsWith(".", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_long_is_refused()
    {
        Assert.False(UpstreamTarget.TryParse($"http://a/{new string('b', 3_000)}", out _, out _));
        Assert.False(UpstreamTarget.TryParse($"http+unix://%2F{new string('b', 107)}", out _, out _));
        Assert.True(UpstreamTarget.TryParse($"http+unix://%2F{new string('b', 106)}", out _, out _));
    }

    [Theory]
    [InlineData("http://a", "HTTP://A:80/", true)]
    [InlineData("http://a/b", "http://a/b/", true)]
    [InlineData("http+unix://%2Frun%2Fx", "unix+http:///run/x", true)]
    [InlineData("http://a", "https://a", false)]
    [InlineData("http://a:443", "https://a:443", false)]
    [InlineData("http://a", "http://a:81", false)]
    [InlineData("http://a/b", "http://a/B", false)]
    [InlineData("http+unix://%2Frun%2Fx", "http+unix://%2Frun%2FX", false)]
    [InlineData("http+unix://%2Frun%2Fx", "http+unix://%2Frun/x", false)]
    public void Two_spellings_of_one_target_are_equal(string one, string other, bool same)
    {
        Assert.Equal(same, Parse(one).Equals(Parse(other)));
        Assert.Equal(same, Parse(one).ToString() == Parse(other).ToString());
    }

    [Fact]
    public void Addresses_are_connected_to_as_such_and_names_are_looked_up()
    {
        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 8080), Parse("http://[::1]:8080").ToEndPoint());
        Assert.Equal(new DnsEndPoint("ada", 80), Parse("http://ada").ToEndPoint());
    }

    private static UpstreamTarget Parse(string text)
    {
        Assert.True(UpstreamTarget.TryParse(text, out var target, out var reason), reason);
        return target;
    }
}
