namespace JupyterHub.Core.Spawning;

/// <summary>A value that a <see cref="StartOptionKind.Choice"/> offers.</summary>
public sealed class StartOptionChoice
{
    /// <summary>The value that the spawner gets.</summary>
    public string Value { get; set; } = "";

    /// <summary>How people see it; unset: the value itself.</summary>
    public string? Label { get; set; }

    /// <summary>What it means, in a sentence.</summary>
    public string? Description { get; set; }
}
