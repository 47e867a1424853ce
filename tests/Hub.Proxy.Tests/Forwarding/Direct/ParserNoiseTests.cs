using System.Text;
using JupyterHub.Proxy.Forwarding.Direct;
using Microsoft.AspNetCore.Http;

namespace JupyterHub.Proxy.Tests.Forwarding.Direct;

/// <summary>Bytes that nobody thought of: each is an answer or is refused, and nothing else happens.</summary>
public class ParserNoiseTests
{
    private static readonly byte[] Letters = Encoding.Latin1.GetBytes("\r\n\r\n\t :;,=0159afFx\0\u0001\u007f\u00e9HTTP/");

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close, X\r\nX: y\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HTTP/1.0 404 Not Found\r\nSet-Cookie: a=b\r\nDate: now\r\n\r\n")]
    public void A_head_is_understood_or_refused(string head)
    {
        var understood = 0;
        foreach (var bytes in Mutations(head, 20_000))
        {
            var scanned = 0;
            var length = HeadEnd.Find(bytes, ref scanned);
            Assert.InRange(length, 0, bytes.Length);
            if (length == 0)
            {
                continue;
            }

            try
            {
                var context = new DefaultHttpContext();
                var framing = AnswerHead.Copy(bytes.AsSpan(0, length), context);
                understood++;
                Assert.True(framing.Length >= 0);
                Assert.DoesNotContain(context.Response.Headers, header => header.Value.ToString().AsSpan().IndexOfAny('\r', '\n', '\0') >= 0);
            }
            catch (UpstreamProtocolException)
            {
                // Refused.
            }
        }

        Assert.InRange(understood, 100, 19_900);
    }

    [Fact]
    public void Chunks_are_understood_or_refused()
    {
        var understood = 0;
        foreach (var bytes in Mutations("5;a=b\r\nhello\r\nA\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n", 20_000))
        {
            try
            {
                understood += ReadAll(bytes) ? 1 : 0;
            }
            catch (UpstreamProtocolException)
            {
                // Refused.
            }
        }

        Assert.InRange(understood, 100, 19_900);
    }

    private static bool ReadAll(byte[] bytes)
    {
        var chunks = new ChunkedBody();
        for (var start = 0; ;)
        {
            var piece = chunks.Next(bytes.AsSpan(start));
            Assert.InRange(piece.Skip + piece.Length, 0, bytes.Length - start);
            start += piece.Skip + piece.Length;
            if (piece.Length == 0 || piece.IsEnd)
            {
                return piece.Length > 0;
            }
        }
    }

    private static IEnumerable<byte[]> Mutations(string text, int count)
    {
        var random = new Random(7);
        for (var round = 0; round < count; round++)
        {
            var bytes = Encoding.Latin1.GetBytes(text).ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var place = random.Next(bytes.Count);
                var letter = Letters[random.Next(Letters.Length)];
                switch (random.Next(3))
                {
                    case 0:
                        bytes[place] = letter;
                        break;
                    case 1:
                        bytes.Insert(place, letter);
                        break;
                    default:
                        bytes.RemoveAt(place);
                        break;
                }
            }

            yield return [.. bytes];
        }
    }
}
