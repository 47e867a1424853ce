using System.Buffers;
using System.Runtime.CompilerServices;

namespace JupyterHub.Client.Http;

/// <summary>The data of server-sent events, one line each as the hub sends them, none longer than a bound.</summary>
internal static class EventLines
{
    private const int LongestLine = 256 * 1024;

    public static async IAsyncEnumerable<byte[]> ReadAsync(Stream stream, TimeSpan silence, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var line = new ArrayBufferWriter<byte>();
        var buffer = new byte[4096];
        while (await ReceiveAsync(stream, buffer, silence, time, cancellation) is var count and > 0)
        {
            var start = 0;
            while (buffer.AsSpan(start, count - start).IndexOf((byte)'\n') is var end and >= 0)
            {
                line.Write(buffer.AsSpan(start, end));
                start += end + 1;
                if (DataOf(line.WrittenSpan) is { } data)
                {
                    yield return data;
                }

                line.ResetWrittenCount();
            }

            line.Write(buffer.AsSpan(start, count - start));
            if (line.WrittenCount > LongestLine)
            {
                throw JupyterHubException.Unreadable();
            }
        }
    }

    private static async Task<int> ReceiveAsync(Stream stream, byte[] buffer, TimeSpan silence, TimeProvider time, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(silence, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await stream.ReadAsync(buffer, both.Token);
        }
        catch (Exception problem) when (problem is IOException or HttpRequestException || (problem is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new JupyterHubException("The hub stopped telling the progress.", problem);
        }
    }

    private static byte[]? DataOf(ReadOnlySpan<byte> line) =>
        line.StartsWith("data:"u8) ? line["data:".Length..].Trim(" \r"u8).ToArray() : null;
}
