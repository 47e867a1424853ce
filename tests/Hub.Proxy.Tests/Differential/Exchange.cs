namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>One case: what a client sends over one connection, and what the servers answer.</summary>
/// <param name="Name">Unique; results and differences call it so.</param>
/// <param name="Request">Every byte that the client sends, as Latin-1; names in braces are put in (<see cref="Scene"/>).</param>
internal sealed record Exchange(string Name, string Request)
{
    /// <summary>The answer of a server that has nothing special to say: its name.</summary>
    public const string Plainly = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\n{name}";

    public ProxyOptions Options { get; init; } = ProxyOptions.Plain;

    public ProxyPort To { get; init; } = ProxyPort.Public;

    /// <summary>Paths of routes and their targets, or the whole body when it is a JSON object.</summary>
    public IReadOnlyList<(string Path, string Target)> Routes { get; init; } = [("/user/a", "{A}"), ("/user/b", "{B}")];

    public Answer Answer { get; init; } = Plainly;

    /// <summary>Number of final responses to wait for.</summary>
    public int Responses { get; init; } = 1;

    /// <summary>What the client sends after the last response, when the connection has been upgraded.</summary>
    public string? Then { get; init; }

    /// <summary>Shows the whole route table afterwards.</summary>
    public bool ShowsRoutes { get; init; }

    /// <summary>True where the original never comes to an end, so that waiting for it makes no sense.</summary>
    public bool OriginalHangs { get; init; }

    /// <summary>The methods of the requests, as far as responses depend on them.</summary>
    public string MethodOf(int index) => index == 0 ? Request[..Math.Max(0, Request.IndexOf(' ', StringComparison.Ordinal))] : "GET";
}
