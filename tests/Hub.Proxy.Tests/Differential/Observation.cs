using System.Security.Cryptography;
using System.Text;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>What a case showed, as lines that can be compared: names of headers in lower case and in order, everything else as it came.</summary>
internal sealed class Observation
{
    public List<string> Lines { get; } = [];

    public void Add(string line) => Lines.Add(Printable(line));

    /// <summary>A response as the client got it.</summary>
    public void Add(WireMessage response) => Add("client <", response);

    /// <summary>Requests as servers got them, by server: which of two gets its own first is chance.</summary>
    public void Add(IEnumerable<RecordedRequest> requests)
    {
        foreach (var request in requests.OrderBy(request => request.Server, StringComparer.Ordinal))
        {
            Add(request.Server + " >", request.Message);
            if (request.Tunnelled is { } tunnelled)
            {
                Add($"{request.Server} > tunnel: {tunnelled}");
            }
        }
    }

    private void Add(string who, WireMessage message)
    {
        Add($"{who} {message.StartLine}");
        Lines.AddRange(Fields(message.Headers).Select(field => $"{who} {field}"));
        if (message.Framing != "none")
        {
            Add($"{who} framing: {message.Framing}");
            Add($"{who} body: {Shortened(message.Body.ToString())}");
        }

        Lines.AddRange(Fields(message.Trailers).Select(field => $"{who} trailer {field}"));
        if (message.IsCut)
        {
            Add($"{who} CUT");
        }
    }

    private static IEnumerable<string> Fields(IEnumerable<string> lines) => lines
        .Select(line => line.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon
            ? (Name: line[..colon].ToLowerInvariant(), Value: line[(colon + 1)..].TrimStart(' '))
            : (Name: line, Value: ""))
        .OrderBy(field => field.Name, StringComparer.Ordinal)
        .Select(field => Printable($"{field.Name}: {Shortened(field.Value)}"));

    private static string Shortened(string body) => body.Length < 1000
        ? body
        : $"{body[..20]}... {body.Length} bytes, SHA-256 {Convert.ToHexString(SHA256.HashData(Encoding.Latin1.GetBytes(body)).AsSpan(0, 8))}";

    // One line each, whatever came.
    private static string Printable(string text) =>
        string.Concat(text.Select(letter => letter is >= ' ' and <= '~' ? letter.ToString() : $"\\x{(int)letter:x2}"));
}
