using System.Net;
using System.Net.Sockets;
using JupyterHub.Core.Spawning;
using JupyterHub.Spawners.Ports;
using JupyterHub.Testing;

namespace JupyterHub.Spawners.Tests.Ports;

public sealed class FreePortsTests
{
    [Fact]
    public void A_port_is_free_and_not_handed_out_twice_within_a_while()
    {
        var ports = new FreePorts(new FakeTime());
        var taken = new System.Collections.Concurrent.ConcurrentBag<int>();
        Parallel.For(0, 300, _ => taken.Add(ports.Take("127.0.0.1")));

        Assert.Equal(300, taken.Distinct().Count());
        Assert.Contains(taken, IsFree);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0.0.0.0")]
    [InlineData("localhost")]
    [InlineData("127.0.0.2")]
    public void Any_address_of_this_machine_will_do(string address) =>
        Assert.InRange(new FreePorts(TimeProvider.System).Take(address), 1024, 65535);

    [Fact]
    public void An_address_of_another_machine_is_refused_with_the_setting_s_name() =>
        Assert.Contains("JupyterHub:Spawner:Ip", Assert.Throws<SpawnException>(() => new FreePorts(TimeProvider.System).Take("192.0.2.1")).Message, StringComparison.Ordinal);

    /// <summary>Until it is bound a port is nobody's: one of them somebody else may have by now.</summary>
    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
