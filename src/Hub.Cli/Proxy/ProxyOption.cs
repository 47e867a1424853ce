namespace JupyterHub.Cli.Proxy;

/// <summary>An option of the proxy's command line.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Value">What the help calls its value; null for a switch.</param>
/// <param name="Help">What it does.</param>
internal sealed record ProxyOption(string Name, string? Value, string Help)
{
    /// <summary>Why it is not taken and what to do instead; null when it is.</summary>
    public string? Refusal { get; init; }

    /// <summary>True when it says what is so anyway, or is refused: the help leaves it out.</summary>
    public bool IsHidden { get; init; }
}
