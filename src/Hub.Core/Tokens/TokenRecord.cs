namespace JupyterHub.Core.Tokens;

/// <summary>A token as read for showing.</summary>
/// <param name="Row">The row, with its user or service.</param>
/// <param name="ClientName">What the OAuth client that it belongs to is called.</param>
/// <param name="Scopes">What the token gives now, expanded.</param>
internal sealed record TokenRecord(HubToken Row, string? ClientName, IReadOnlyList<string> Scopes);
