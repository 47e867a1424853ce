namespace JupyterHub.Client.Models;

/// <summary>A server as those see it whom it is shared with.</summary>
public sealed record SharedServer
{
    /// <summary>Its owner.</summary>
    public NamedEntity? User { get; init; }

    /// <summary>Its name; empty for the default server.</summary>
    public string? Name { get; init; }

    /// <summary>Its path.</summary>
    public string? Url { get; init; }

    /// <summary>Its whole address, where the hub knows its own.</summary>
    public string? FullUrl { get; init; }

    /// <summary>True when it can be used.</summary>
    public bool Ready { get; init; }
}
