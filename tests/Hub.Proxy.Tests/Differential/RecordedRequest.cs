namespace JupyterHub.Proxy.Tests.Differential;

/// <summary>A request as a server got it.</summary>
/// <param name="Server">The server's name.</param>
/// <param name="Message">What came.</param>
internal sealed record RecordedRequest(string Server, WireMessage Message)
{
    /// <summary>What came after an upgrade.</summary>
    public string? Tunnelled { get; set; }
}
