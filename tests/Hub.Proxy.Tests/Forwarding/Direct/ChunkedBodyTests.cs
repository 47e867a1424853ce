using System.Text;
using JupyterHub.Proxy.Forwarding.Direct;

namespace JupyterHub.Proxy.Tests.Forwarding.Direct;

public class ChunkedBodyTests
{
    [Theory]
    [InlineData("5\r\nhello\r\n0\r\n\r\n", "hello", "\r\n")]
    [InlineData("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world", "\r\n")]
    [InlineData("5;a=b;c=\"d\"\r\nhello\r\n0;e\r\n\r\n", "hello", "\r\n")]
    [InlineData("00005\r\nhello\r\n000\r\nX-Sum: 42\r\nY: z\r\n\r\n", "hello", "X-Sum: 42\r\nY: z\r\n\r\n")]
    [InlineData("a\r\n0\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n", "0\r\n\r\n0\r\n\r\n", "\r\n")]
    [InlineData("A\r\n0123456789\r\n0\r\n\r\n", "0123456789", "\r\n")]
    [InlineData("0\r\n\r\n", "", "\r\n")]
    public void It_is_read_the_same_wherever_the_bytes_are_cut(string body, string data, string trailers)
    {
        for (var cut = 0; cut <= body.Length; cut++)
        {
            Assert.Equal((data, trailers, "rest"), Read(body + "rest", cut, body.Length));
        }

        Assert.Equal((data, trailers, "rest"), Read(body + "rest", Enumerable.Range(0, body.Length).ToArray()));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("x\r\n")]
    [InlineData(" 5\r\nhello")]
    [InlineData("5 \r\nhello")]
    [InlineData("5\nhello")]
    [InlineData("5;a\nb\r\nhello")]
    [InlineData("5;a\rb\r\nhello")]
    [InlineData("5;a\0b\r\nhello")]
    [InlineData("0x5\r\nhello")]
    [InlineData("-5\r\nhello")]
    [InlineData("+5\r\nhello")]
    [InlineData("FFFFFFFFFFFFFFFF\r\n")]
    [InlineData("1000000000000000\r\n")]
    [InlineData("5\r\nhello!\r\n")]
    [InlineData("5\r\nhello\n0\r\n\r\n")]
    [InlineData("5\r\nhello\r0\r\n\r\n")]
    [InlineData("0\r\n\n")]
    public void What_is_ambiguous_is_refused(string body) =>
        Assert.Throws<UpstreamProtocolException>(() => Read(body));

    [Fact]
    public void A_size_line_is_bounded() =>
        Assert.Throws<UpstreamProtocolException>(() => Read($"5;{new string('x', ChunkedBody.LongestLine)}"));

    // Feeds what lies between the cuts, one after the other, as a connection's buffer does.
    private static (string Data, string Trailers, string After) Read(string text, params int[] cuts)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        var chunks = new ChunkedBody();
        var data = new StringBuilder();
        var start = 0;
        foreach (var end in cuts.Append(bytes.Length))
        {
            while (true)
            {
                var piece = chunks.Next(bytes.AsSpan(start, end - start));
                start += piece.Skip;
                var content = Encoding.Latin1.GetString(bytes, start, piece.Length);
                start += piece.Length;
                if (piece is { IsEnd: true, Length: > 0 })
                {
                    return (data.ToString(), content, Encoding.Latin1.GetString(bytes, start, bytes.Length - start));
                }

                data.Append(content);
                if (piece.Length == 0)
                {
                    break;
                }
            }
        }

        return (data.ToString(), "none", "");
    }
}
