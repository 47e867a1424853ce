using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace JupyterHub.AspNetCore.Tests.Fixtures;

/// <summary>Sends bytes as they are, for requests that no client library would send.</summary>
internal static class RawHttp
{
    /// <summary>Sends a request line with headers and reads the whole answer.</summary>
    public static async Task<RawAnswer> SendAsync(Uri url, string requestLine, params string[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        await using var stream = client.GetStream();
        var target = requestLine.Split(' ').ElementAtOrDefault(1) ?? "";
        var host = Uri.TryCreate(target, UriKind.Absolute, out var absolute) && absolute.Scheme == "http" ? absolute.Authority : url.Authority;
        var head = string.Join("\r\n", [requestLine, $"Host: {host}", "Connection: close", .. headers, "", ""]);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync().WaitAsync(JupyterHub.Testing.Eventually.Deadline);
        return Parse(text);
    }

    private static RawAnswer Parse(string text)
    {
        var split = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(split > 0, $"This is no HTTP answer: {text}");
        var lines = text[..split].Split("\r\n");
        var headers = lines.Skip(1)
            .Select(line => line.Split(": ", 2))
            .ToLookup(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return new RawAnswer(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, text[(split + 4)..]);
    }
}
