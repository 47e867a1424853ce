namespace JupyterHub.Proxy.Tests.Hostile;

/// <summary>An answer by which one user's server tries to say something in another's name, or to leave the proxy confused.</summary>
/// <param name="Name">What it plays on.</param>
/// <param name="Bytes">What the server answers, before it closes the connection.</param>
internal sealed record ResponseAttack(string Name, string Bytes)
{
    /// <summary>The response that must never be anybody's.</summary>
    public const string Second = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";

    /// <summary>Leaves the connection open, so that it might be used again.</summary>
    public bool StaysOpen { get; init; }

    /// <summary>The answer is whole and plain, so that it is passed on: its body.</summary>
    public string? Passes { get; init; }
}
