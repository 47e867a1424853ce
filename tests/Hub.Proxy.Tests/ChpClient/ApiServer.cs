using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using JupyterHub.Proxy.ChpClient;
using JupyterHub.Proxy.Tests.Hosts;

namespace JupyterHub.Proxy.Tests.ChpClient;

/// <summary>A proxy's API that answers as a test scripts it, one answer after the other, the last one for ever.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    public const string Token = "the-token-of-this-test";

    private readonly RawUpstream upstream;
    private readonly string[] answers;
    private int calls;

    public ApiServer(params string[] answers)
    {
        this.answers = answers;
        upstream = RawUpstream.Start(AnswerAsync);
    }

    /// <summary>What it was asked, each as it came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public ChpEndpoint Endpoint => new(upstream.Url, Token);

    public static string Answer(int status, string body = "") => $"HTTP/1.1 {status} Any\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public ValueTask DisposeAsync() => upstream.DisposeAsync();

    private async Task AnswerAsync(string head, NetworkStream stream)
    {
        var length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase)) is { } header ? int.Parse(header[16..], System.Globalization.CultureInfo.InvariantCulture) : 0;
        var body = new byte[length];
        await stream.ReadExactlyAsync(body);
        Requests.Enqueue(head + Encoding.UTF8.GetString(body));
        var answer = answers[Math.Min(Interlocked.Increment(ref calls), answers.Length) - 1];
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
    }
}
