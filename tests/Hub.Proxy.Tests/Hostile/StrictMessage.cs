using System.Text;

namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>A message that can be read in one way only.</summary>
internal sealed record StrictMessage(string StartLine, IReadOnlyList<string> Headers)
{
    public StringBuilder Body { get; } = new();

    /// <summary>True when it came to its end.</summary>
    public bool IsComplete { get; set; }

    public int Status => StartLine.StartsWith("HTTP/", StringComparison.Ordinal) ? (int.TryParse(StartLine.AsSpan(9, 3), null, out var status) ? status : -1) : 0;

    /// <summary>The target of a request.</summary>
    public string Target => StartLine.Split(' ')[1];

    public string[] Values(string name) =>
        [.. Headers.Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 1)..].Trim())];
}
