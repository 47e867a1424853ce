using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ProxyPeers;

/// <summary>Sends messages over many WebSockets, each as soon as the one before was answered, and prints how many were and how long they took.</summary>
internal static class WebSocketLoad
{
    public static async Task<int> RunAsync(Uri url, int connections, TimeSpan duration)
    {
        var streams = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => OpenAsync(url)));
        await RunAsync(streams, TimeSpan.FromSeconds(1));
        var watch = Stopwatch.StartNew();
        var times = await RunAsync(streams, duration);
        watch.Stop();
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }

        times.Sort();
        var rate = times.Count / watch.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"rate\": {rate:F1}, \"p50\": {At(times, 0.5):F3}, \"p99\": {At(times, 0.99):F3}}}"));
        return 0;
    }

    private static double At(List<long> times, double part) => Stopwatch.GetElapsedTime(0, times[(int)(times.Count * part)]).TotalMilliseconds;

    private static async Task<Stream> OpenAsync(Uri url)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port);
        var stream = new NetworkStream(socket, ownsSocket: true);
        const string Key = "dGhlIHNhbXBsZSBub25jZQ==";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Key}\r\n\r\n"));
        await ReadHeadAsync(stream, Frames.Accept(Key));
        return stream;
    }

    private static async Task ReadHeadAsync(NetworkStream stream, string accept)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        if (!head.ToString().StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal) || !head.ToString().Contains(accept, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"No WebSocket was opened: {head}");
        }
    }

    private static async Task<List<long>> RunAsync(Stream[] streams, TimeSpan duration)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var times = await Task.WhenAll(streams.Select(stream => Task.Run(() => TalkAsync(stream, end))));
        return [.. times.SelectMany(list => list)];
    }

    private static async Task<List<long>> TalkAsync(Stream stream, long end)
    {
        var times = new List<long>(capacity: 100_000);
        var answer = new byte[Frames.FromServer.Length];
        for (var begin = Stopwatch.GetTimestamp(); begin < end; begin = Stopwatch.GetTimestamp())
        {
            await stream.WriteAsync(Frames.FromClient);
            await stream.ReadExactlyAsync(answer);
            if (!answer.AsSpan().SequenceEqual(Frames.FromServer))
            {
                throw new InvalidDataException("Something else came back.");
            }

            times.Add(Stopwatch.GetTimestamp() - begin);
        }

        return times;
    }
}
