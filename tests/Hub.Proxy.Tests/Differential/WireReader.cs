using System.Globalization;
using System.Text;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>Reads messages from a connection, byte for byte as Latin-1.</summary>
internal sealed class WireReader(Stream stream)
{
    private readonly byte[] buffer = new byte[16 * 1024];
    private int start;
    private int end;

    /// <summary>The next message's head; null when the connection ended before one began.</summary>
    public async Task<WireMessage?> ReadHeadAsync(CancellationToken cancellation)
    {
        if (await ReadLineAsync(cancellation) is not { } line)
        {
            return null;
        }

        var message = new WireMessage { StartLine = line };
        message.IsCut = !await ReadFieldsAsync(message.Headers, cancellation);
        return message;
    }

    /// <summary>Reads a request's body.</summary>
    public Task ReadRequestBodyAsync(WireMessage request, CancellationToken cancellation) => ReadBodyAsync(request, untilClosed: false, cancellation);

    /// <summary>Reads a response's body; what has none depends on the request's method.</summary>
    public Task ReadResponseBodyAsync(WireMessage response, string method, CancellationToken cancellation) =>
        method == "HEAD" || response.Status is < 200 or 204 or 304 ? Task.CompletedTask : ReadBodyAsync(response, untilClosed: true, cancellation);

    /// <summary>The next byte that is there; -1 at the end of the connection, also when it is reset.</summary>
    public async ValueTask<int> ReadByteAsync(CancellationToken cancellation)
    {
        if (start == end)
        {
            start = 0;
            try
            {
                end = await stream.ReadAsync(buffer, cancellation);
            }
            catch (IOException)
            {
                end = 0;
            }

            if (end == 0)
            {
                return -1;
            }
        }

        return buffer[start++];
    }

    private async Task ReadBodyAsync(WireMessage message, bool untilClosed, CancellationToken cancellation)
    {
        if (message.IsCut)
        {
            return;
        }

        if (message.Header("Transfer-Encoding") is { } coding)
        {
            message.Framing = coding;
            message.IsCut = !await ReadChunksAsync(message, cancellation);
        }
        else if (message.Header("Content-Length") is { } length)
        {
            message.Framing = "length " + length;
            message.IsCut = !await ReadBytesAsync(message.Body, long.Parse(length, NumberStyles.None, CultureInfo.InvariantCulture), cancellation);
        }
        else if (untilClosed)
        {
            message.Framing = "until closed";
            await ReadBytesAsync(message.Body, long.MaxValue, cancellation);
        }
    }

    private async Task<bool> ReadChunksAsync(WireMessage message, CancellationToken cancellation)
    {
        while (true)
        {
            var line = await ReadLineAsync(cancellation);
            if (!long.TryParse(line?.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size))
            {
                return false;
            }

            if (size == 0)
            {
                return await ReadFieldsAsync(message.Trailers, cancellation);
            }

            if (!await ReadBytesAsync(message.Body, size, cancellation) || await ReadLineAsync(cancellation) != "")
            {
                return false;
            }
        }
    }

    private async Task<bool> ReadBytesAsync(StringBuilder into, long count, CancellationToken cancellation)
    {
        for (; count > 0; count--)
        {
            var next = await ReadByteAsync(cancellation);
            if (next < 0)
            {
                return false;
            }

            into.Append((char)next);
        }

        return true;
    }

    private async Task<bool> ReadFieldsAsync(List<string> fields, CancellationToken cancellation)
    {
        while (await ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length == 0)
            {
                return true;
            }

            fields.Add(line);
        }

        return false;
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellation)
    {
        var line = new StringBuilder();
        while (true)
        {
            var next = await ReadByteAsync(cancellation);
            if (next < 0)
            {
                return line.Length == 0 ? null : line.ToString();
            }

            line.Append((char)next);
            if (next == '\n' && line.Length > 1 && line[^2] == '\r')
            {
                line.Length -= 2;
                return line.ToString();
            }
        }
    }
}
