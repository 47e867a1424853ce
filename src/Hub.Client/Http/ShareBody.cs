namespace JupyterHub.Client.Http;

/// <summary>A share to grant or take back, or a code to make.</summary>
internal sealed record ShareBody
{
    public string? User { get; init; }

    public string? Group { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    public int? ExpiresIn { get; init; }
}
