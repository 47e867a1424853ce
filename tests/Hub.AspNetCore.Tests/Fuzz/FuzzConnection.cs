using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace JupyterHub.AspNetCore.Tests.Fuzz;

/// <summary>A connection that says what it is told, byte by byte, and reads one answer after the other, strictly by HTTP/1.1.</summary>
internal sealed class FuzzConnection(Uri url) : IDisposable
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private TcpClient? client;
    private NetworkStream? stream;
    private int start;
    private int end;

    /// <param name="request">What to send.</param>
    /// <param name="hasNoBody">True if the answer has no body whatever its headers say (HEAD).</param>
    /// <param name="isLast">True if the connection cannot be used afterwards, or should not.</param>
    public async Task<RawAnswer> SendAsync(ReadOnlyMemory<byte> request, bool hasNoBody, bool isLast)
    {
        if (client is null)
        {
            client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(url.Host, url.Port);
            stream = client.GetStream();
            start = end = 0;
        }

        // What is refused early is not read to its end, so writing must not hold up reading.
        var writing = WriteAsync(stream!, request);
        var answer = await ReadAsync(hasNoBody);
        if (isLast || !writing.IsCompletedSuccessfully || !await writing || answer.Headers["Connection"].Any(value => value.Contains("close", StringComparison.OrdinalIgnoreCase)))
        {
            Dispose();
            await writing;
        }

        return answer;
    }

    public void Dispose()
    {
        client?.Dispose();
        client = null;
    }

    private static async Task<bool> WriteAsync(NetworkStream stream, ReadOnlyMemory<byte> request)
    {
        try
        {
            await stream.WriteAsync(request);
            return true;
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    private async Task<RawAnswer> ReadAsync(bool hasNoBody)
    {
        while (true)
        {
            var status = int.Parse((await LineAsync()).Split(' ')[1], CultureInfo.InvariantCulture);
            var headers = new List<(string Name, string Value)>();
            for (string line; (line = await LineAsync()).Length > 0;)
            {
                var colon = line.IndexOf(": ", StringComparison.Ordinal);
                Assert.True(colon > 0 || line.EndsWith(':'), $"This is no header: {line}");
                headers.Add(colon < 0 ? (line[..^1], "") : (line[..colon], line[(colon + 2)..]));
            }

            // 100 Continue goes before the answer.
            if (status >= 200)
            {
                var known = headers.ToLookup(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase);
                var body = hasNoBody || status is 204 or 304 ? [] : await BodyAsync(known);
                return new RawAnswer(status, known, Encoding.UTF8.GetString(body));
            }
        }
    }

    private async Task<byte[]> BodyAsync(ILookup<string, string> headers)
    {
        if (headers["Content-Length"].SingleOrDefault() is { } length)
        {
            return await TakeAsync(int.Parse(length, CultureInfo.InvariantCulture));
        }

        Assert.Equal("chunked", headers["Transfer-Encoding"].SingleOrDefault());
        using var body = new MemoryStream();
        while (true)
        {
            var chunk = await TakeAsync(int.Parse(await LineAsync(), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            Assert.Equal("", await LineAsync());
            if (chunk.Length == 0)
            {
                return body.ToArray();
            }

            body.Write(chunk);
        }
    }

    private async Task<string> LineAsync()
    {
        while (true)
        {
            var line = buffer.AsSpan(start, end - start).IndexOf("\r\n"u8);
            if (line >= 0)
            {
                var text = Encoding.Latin1.GetString(buffer, start, line);
                start += line + 2;
                return text;
            }

            await FillAsync();
        }
    }

    private async Task<byte[]> TakeAsync(int count)
    {
        var taken = new byte[count];
        for (var have = 0; have < count;)
        {
            if (start == end)
            {
                await FillAsync();
            }

            var part = Math.Min(count - have, end - start);
            buffer.AsSpan(start, part).CopyTo(taken.AsSpan(have));
            (start, have) = (start + part, have + part);
        }

        return taken;
    }

    private async Task FillAsync()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        Assert.True(end < buffer.Length, "A line of the answer has no end");
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        var read = await stream!.ReadAsync(buffer.AsMemory(end), deadline.Token);
        Assert.True(read > 0, "The hub hung up");
        end += read;
    }
}
