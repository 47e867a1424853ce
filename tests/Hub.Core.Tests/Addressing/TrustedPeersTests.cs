using System.Net;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Hosting;

namespace JupyterHub.Core.Tests.Addressing;

public class TrustedPeersTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("10.0.0.1/8", "10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "127.0.0.2", false)]
    [InlineData(" 127.0.0.1 ", "127.0.0.1", true)]
    [InlineData("::1", "::1", true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1", true)]
    [InlineData("2001:db8::/32", "2001:db8:1::2", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("0.0.0.0/0", "::1", false)]
    public void A_peer_is_trusted_by_address_or_network(string entry, string peer, bool trusted) =>
        Assert.Equal(trusted, TrustedPeers.Parse([entry]).Contains(IPAddress.Parse(peer)));

    [Fact]
    public void Nobody_is_trusted_by_default() =>
        Assert.False(TrustedPeers.Parse([]).Contains(IPAddress.Loopback));

    [Fact]
    public void A_peer_without_an_address_is_not_trusted() =>
        Assert.False(TrustedPeers.Parse(["0.0.0.0/0", "::/0"]).Contains(null));

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("10")]
    [InlineData("127.1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("*")]
    public void Anything_else_is_refused_by_name(string entry)
    {
        var refusal = Assert.Throws<HubStartupException>(() => TrustedPeers.Parse(["127.0.0.1", entry]));
        Assert.Contains("TrustedDownstreamIps", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"'{entry}'", refusal.Message, StringComparison.Ordinal);
    }
}
