namespace JupyterHub.Core.Tokens;

/// <summary>A token as somebody asks for it.</summary>
internal sealed record TokenOrder
{
    public required string Note { get; init; }

    /// <summary>Names of roles whose scopes the token is to have; not together with <see cref="Scopes"/>.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Its scopes. Neither these nor roles: those of the role <c>token</c>.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Seconds until it expires; null or 0 for as long as this hub allows.</summary>
    public long? ExpiresIn { get; init; }
}
