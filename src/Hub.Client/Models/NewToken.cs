namespace JupyterHub.Client.Models;

/// <summary>A token to create.</summary>
public sealed record NewToken
{
    /// <summary>What it is for.</summary>
    public string? Note { get; init; }

    /// <summary>What it may do; null for the hub's default, usually everything that its owner may.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Seconds until it expires; null for the hub's default.</summary>
    public int? ExpiresIn { get; init; }
}
