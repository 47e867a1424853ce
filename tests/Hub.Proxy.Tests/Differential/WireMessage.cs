using System.Text;

namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>One HTTP/1.1 message as it came over the wire.</summary>
internal sealed class WireMessage
{
    public required string StartLine { get; init; }

    public List<string> Headers { get; } = [];

    public List<string> Trailers { get; } = [];

    /// <summary>How the end of the body was told: "none", "length 5", "chunked", "until closed".</summary>
    public string Framing { get; set; } = "none";

    public StringBuilder Body { get; } = new();

    /// <summary>True when the connection ended before the message did, or the message could not be read.</summary>
    public bool IsCut { get; set; }

    /// <summary>The status of a response; 0 if it is none.</summary>
    public int Status => StartLine.StartsWith("HTTP/", StringComparison.Ordinal) && StartLine.Split(' ') is [_, var status, ..] && int.TryParse(status, out var number) ? number : 0;

    public string? Header(string name) =>
        Headers.Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 1)..].Trim()).FirstOrDefault();
}
