namespace JupyterHub.Core.Services;

/// <summary>What a launcher is asked to run.</summary>
internal sealed record ServiceLaunch
{
    public required string Name { get; init; }

    /// <summary>Program and arguments. No secret is among them.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Where it starts; null for the hub's own folder.</summary>
    public string? Folder { get; init; }

    /// <summary>The system user that it runs as; null for the hub's own.</summary>
    public string? User { get; init; }

    /// <summary>What the hub and the operator tell the service, secrets included; the launcher adds what it lets through of the hub's own environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Never prints the environment, which holds secrets.</summary>
    public override string ToString() => Name;
}
