using System.Text;
using JupyterHub.Proxy.Forwarding.Direct;

namespace JupyterHub.Proxy.Tests.Forwarding.Direct;

public class HeadEndTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n\r\n", "body")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", "\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\nA: b\n\n", "body")]
    [InlineData("HTTP/1.1 200 OK\nA: b\r\n\n", "\n\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\n\r\n", "")]
    [InlineData("HTTP/1.1 200 OK\r\nA: \r\r\nB: c\r\n\r\n", "x")]
    public void It_is_found_wherever_the_bytes_are_cut(string head, string rest)
    {
        var bytes = Encoding.Latin1.GetBytes(head + rest);
        for (var first = 0; first <= bytes.Length; first++)
        {
            for (var second = first; second <= bytes.Length; second++)
            {
                var scanned = 0;
                var found = HeadEnd.Find(bytes.AsSpan(0, first), ref scanned);
                found = found > 0 ? found : HeadEnd.Find(bytes.AsSpan(0, second), ref scanned);
                found = found > 0 ? found : HeadEnd.Find(bytes, ref scanned);
                Assert.Equal(head.Length, found);
            }
        }
    }

    [Fact]
    public void Without_an_end_nothing_is_looked_at_twice()
    {
        var scanned = 0;
        Assert.Equal(0, HeadEnd.Find("HTTP/1.1 200 OK\r\nA: b\r\nC: d"u8, ref scanned));
        Assert.Equal(27, scanned);
    }
}
