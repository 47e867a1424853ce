using System.Net;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Proxying;
using JupyterHub.Proxy.Forwarding;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Tests.Forwarding;

public class ClientAddressesTests
{
    private static readonly string[] Trusted = ["127.0.0.1", "10.0.0.0/8", "2001:db8::/32"];

    [Fact]
    public void A_stranger_is_who_the_connection_says()
    {
        var client = Of("203.0.113.9",
            ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example"),
            ("Forwarded", "for=192.0.2.1;proto=https;host=evil.example"), ("X-Scheme", "https"), ("X-Real-IP", "192.0.2.1"));
        Assert.Equal(new ClientAddress(IPAddress.Parse("203.0.113.9"), "http", "hub.internal:8000"), client);
        Assert.False(client.IsHttps);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.1:4711", "192.0.2.1")]
    [InlineData("6.6.6.6, 192.0.2.1", "192.0.2.1")]
    [InlineData("6.6.6.6, 192.0.2.1, 10.1.1.1", "192.0.2.1")]
    [InlineData("6.6.6.6,192.0.2.1,10.1.1.1,2001:db8::5", "192.0.2.1")]
    [InlineData("2001:db9::1", "2001:db9::1")]
    [InlineData("[2001:db9::1]:4711", "2001:db9::1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("10.1.1.1", "10.1.1.1")]
    [InlineData("192.0.2.1, nonsense", "127.0.0.1")]
    [InlineData("nonsense, 10.1.1.1", "10.1.1.1")]
    [InlineData("", "127.0.0.1")]
    [InlineData(" , ", "127.0.0.1")]
    public void The_client_is_the_last_address_that_is_no_trusted_proxy(string forwardedFor, string client) =>
        Assert.Equal(client, Of("127.0.0.1", ("X-Forwarded-For", forwardedFor)).Address?.ToString());

    [Theory]
    [InlineData("for=192.0.2.1", "192.0.2.1")]
    [InlineData("For=\"[2001:db9::1]:4711\";proto=https", "2001:db9::1")]
    [InlineData("for=6.6.6.6, for=192.0.2.1;by=10.0.0.1, for=10.0.0.2", "192.0.2.1")]
    [InlineData("for=unknown", "127.0.0.1")]
    [InlineData("proto=https", "127.0.0.1")]
    public void The_standard_header_serves_where_there_is_no_other(string forwarded, string client) =>
        Assert.Equal(client, Of("127.0.0.1", ("Forwarded", forwarded)).Address?.ToString());

    [Fact]
    public void X_real_ip_serves_last() =>
        Assert.Equal("192.0.2.1", Of("127.0.0.1", ("X-Real-IP", "192.0.2.1")).Address?.ToString());

    [Theory]
    [InlineData(null, null, null, "http")]
    [InlineData("for=1.2.3.4;proto=https", null, "http", "https")]
    [InlineData("proto=HTTPS, proto=http", null, null, "https")]
    [InlineData("for=1.2.3.4", null, "https", "https")]
    [InlineData("proto=ftp", null, "https", "https")]
    [InlineData(null, "https", "http", "https")]
    [InlineData(null, "HTTPS", null, "https")]
    [InlineData(null, null, "https,http", "https")]
    [InlineData(null, null, " https , http", "https")]
    [InlineData(null, null, "http,https", "http")]
    [InlineData(null, null, "wss", "http")]
    [InlineData(null, "javascript", "https", "https")]
    public void The_scheme_is_what_the_browser_sees(string? forwarded, string? scheme, string? proto, string expected) =>
        Assert.Equal(expected, Of("10.2.3.4", ("Forwarded", forwarded), ("X-Scheme", scheme), ("X-Forwarded-Proto", proto)).Scheme);

    [Theory]
    [InlineData(null, null, "hub.internal:8000")]
    [InlineData(null, "hub.example", "hub.example")]
    [InlineData(null, "hub.example:8443, inner", "hub.example:8443")]
    [InlineData("host=\"outer.example:1\", host=inner", "hub.example", "outer.example:1")]
    [InlineData(null, "evil.example/path", "hub.internal:8000")]
    [InlineData(null, "user@evil.example", "hub.internal:8000")]
    [InlineData(null, "evil example", "hub.internal:8000")]
    [InlineData(null, "evil.example?x", "hub.internal:8000")]
    public void The_host_is_what_the_browser_sees(string? forwarded, string? host, string expected) =>
        Assert.Equal(expected, Of("127.0.0.1", ("Forwarded", forwarded), ("X-Forwarded-Host", host)).Host);

    [Fact]
    public void A_peer_in_ipv6_clothes_is_the_same_peer()
    {
        Assert.Equal("192.0.2.1", Of("::ffff:127.0.0.1", ("X-Forwarded-For", "192.0.2.1")).Address?.ToString());
        Assert.Equal("203.0.113.9", Of("::ffff:203.0.113.9").Address?.ToString());
    }

    [Fact]
    public void A_peer_without_address_stays_without()
    {
        var client = Of(null, ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", "https"));
        Assert.Null(client.Address);
        Assert.Equal("http", client.Scheme);
    }

    /// <summary>A proxy that the hub starts is believed what it adds itself, and nothing that it only passes on.</summary>
    [Theory]
    [InlineData("127.0.0.1", "192.0.2.1", "http", "192.0.2.1", "http")]
    [InlineData("127.0.0.1", "6.6.6.6,192.0.2.1", "http,https", "192.0.2.1", "https")]
    [InlineData("127.0.0.1", "6.6.6.6,::ffff:192.0.2.1", "https,http", "192.0.2.1", "http")]
    [InlineData("127.0.0.1", "6.6.6.6,127.0.0.1", "https,http", "127.0.0.1", "http")]
    [InlineData("::1", "192.0.2.1", "https", "192.0.2.1", "https")]
    [InlineData("127.0.0.1", null, null, "127.0.0.1", "http")]
    [InlineData("127.0.0.1", "nonsense", "gopher", "127.0.0.1", "http")]
    [InlineData("203.0.113.9", "192.0.2.1", "https", "203.0.113.9", "http")]
    [InlineData("127.0.0.1", "192.0.2.1,10.1.1.1", "https,http", "192.0.2.1", "https")]
    public void The_hub_s_own_proxy_is_believed_what_it_adds(string peer, string? forwardedFor, string? proto, string address, string scheme)
    {
        var context = Context(peer, ("X-Forwarded-For", forwardedFor), ("X-Forwarded-Proto", proto), ("X-Forwarded-Host", "evil.example"), ("X-Scheme", "https"));
        var isBehindAnother = forwardedFor?.EndsWith("10.1.1.1", StringComparison.Ordinal) == true;
        var addresses = new ClientAddresses(TrustedPeers.Parse(["10.0.0.0/8"]), new OwnProxy());
        Assert.Equal(new ClientAddress(IPAddress.Parse(address), scheme, isBehindAnother ? "evil.example" : "hub.internal:8000"), addresses.Of(context));
    }

    private static ClientAddress Of(string? peer, params (string Name, string? Value)[] headers)
        => new ClientAddresses(TrustedPeers.Parse(Trusted)).Of(Context(peer, headers));

    private static DefaultHttpContext Context(string? peer, params (string Name, string? Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("hub.internal:8000");
        foreach (var (name, value) in headers)
        {
            if (value is not null)
            {
                context.Request.Headers.Append(name, value);
            }
        }

        return context;
    }

    private sealed class OwnProxy : IExternalProxy
    {
        public bool DescribesClients => true;

        public Uri? PublicUrl => null;

        public IReadOnlyList<ProxyRoute> ExtraRoutes => [];

        public Task StartAsync(Func<CancellationToken, Task> restore, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task StopAsync(bool cleanUp, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ChangeAsync(string? apiUrl, string? authToken, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task AddRouteAsync(ProxyRoute route, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> RemoveRouteAsync(string routespec, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<ProxyRoute>> GetRoutesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
