namespace JupyterHub.Core.Shares;

/// <summary>A share code as it is shown; the code itself is known only when it is made.</summary>
internal sealed record ShareCodeDetails(
    int Id, ServerName Server, IReadOnlyList<string> Scopes, DateTime CreatedAt, DateTime? ExpiresAt, int ExchangeCount, DateTime? LastExchangedAt);
