using System.Text;
using JupyterHub.Proxy.Forwarding.Direct;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace JupyterHub.Proxy.Tests.Forwarding.Direct;

public class AnswerHeadTests
{
    private readonly DefaultHttpContext context = new();

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", AnswerBody.Length, 5, true)]
    [InlineData("HTTP/1.1 200 OK\nContent-Length:5\n\n", AnswerBody.Length, 5, true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", AnswerBody.None, 0, true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 007\r\n\r\n", AnswerBody.Length, 7, true)]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: Close\r\n\r\n", AnswerBody.Length, 5, false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: x\r\nConnection: y ,close\r\n\r\n", AnswerBody.Length, 5, false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\n", AnswerBody.Length, 5, false)]
    [InlineData("HTTP/1.1 200\r\nTransfer-Encoding: Chunked\r\n\r\n", AnswerBody.Chunked, 0, true)]
    [InlineData("HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", AnswerBody.Chunked, 0, false)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", AnswerBody.UntilClose, 0, false)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", AnswerBody.None, 0, true)]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", AnswerBody.None, 0, true)]
    internal void Its_framing_follows_the_standard(string head, AnswerBody body, long length, bool keeps)
    {
        Assert.Equal(new AnswerFraming(body, length, keeps), Copy(head));
        Assert.False(context.Response.Headers.ContainsKey("Transfer-Encoding"));
        Assert.False(context.Response.Headers.ContainsKey("Connection"));
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void It_has_no_more_lines_than_any_server_needs(int lines, bool isRead)
    {
        var head = $"HTTP/1.1 200 OK\r\n{string.Concat(Enumerable.Repeat("X: y\r\n", lines))}\r\n";
        if (isRead)
        {
            Copy(head);
            Assert.Equal(lines, context.Response.Headers["X"].Count);
        }
        else
        {
            Assert.Throws<UpstreamProtocolException>(() => Copy(head));
        }
    }

    [Fact]
    public void An_answer_to_head_has_a_length_and_no_body()
    {
        context.Request.Method = "HEAD";
        Assert.Equal(new AnswerFraming(AnswerBody.None, 0, false), Copy("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"));
        Assert.Equal(5, context.Response.ContentLength);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n A: b\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA : b\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n: b\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA b: c\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA\0: c\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\u0001c\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\u007fc\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\rA: b\r\n\r\n")]
    [InlineData("HTTP/1.1  200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 099 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 20\r\n\r\n")]
    [InlineData("HTTP/2.0 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.x 200 OK\r\n\r\n")]
    [InlineData("http/1.1 200 OK\r\n\r\n")]
    [InlineData(" HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    public void What_is_ambiguous_is_refused(string head) => Assert.Throws<UpstreamProtocolException>(() => Copy(head));

    [Fact]
    public void Values_are_trimmed_and_joined_to_what_the_host_says()
    {
        context.Response.Headers["X-Own"] = "ours";
        context.Response.Headers.StrictTransportSecurity = "max-age=1";
        Copy("HTTP/1.1 200 OK\r\nX-Own: \t theirs \t\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nStrict-Transport-Security: max-age=0\r\nX-Empty:\r\nX-Null: a\0b\r\n\r\n");
        var headers = context.Response.Headers;
        Assert.Equal("ours|theirs", string.Join("|", headers["X-Own"].ToArray()));
        Assert.Equal("a=1|b=2", string.Join("|", headers.SetCookie.ToArray()));
        Assert.Equal("max-age=1", headers.StrictTransportSecurity);
        Assert.Equal("", headers["X-Empty"]);
        Assert.Equal("a b", headers["X-Null"]);
    }

    [Fact]
    public void Names_declared_for_one_hop_end_here()
    {
        Copy("HTTP/1.1 200 OK\r\nX-Secret: 1\r\nKeep-Alive: timeout=5\r\nAlt-Svc: h3=\":1\"\r\nConnection: X-Secret, keep-alive\r\nContent-Length: 1\r\n\r\n");
        Assert.Equal(["Content-Length"], context.Response.Headers.Keys);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK", null)]
    [InlineData("HTTP/1.1 299 Quite Fine", "Quite Fine")]
    [InlineData("HTTP/1.1 404 Gone Fishing", "Gone Fishing")]
    [InlineData("HTTP/1.1 404 Gone\u0001", null)]
    [InlineData("HTTP/1.1 404 caf\u00e9", null)]
    public void A_reason_of_its_own_is_kept(string line, string? reason)
    {
        Copy(line + "\r\n\r\n");
        Assert.Equal(reason, context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase);
    }

    private AnswerFraming Copy(string head) => AnswerHead.Copy(Encoding.Latin1.GetBytes(head), context);
}
