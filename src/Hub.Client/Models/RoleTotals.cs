namespace JupyterHub.Client.Models;

/// <summary>How many hold a role.</summary>
public sealed record RoleTotals
{
    /// <summary>Users.</summary>
    public int Users { get; init; }

    /// <summary>Groups.</summary>
    public int Groups { get; init; }

    /// <summary>Services.</summary>
    public int Services { get; init; }
}
