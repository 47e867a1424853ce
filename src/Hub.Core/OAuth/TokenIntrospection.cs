using JupyterHub.Core.Tokens;

namespace JupyterHub.Core.OAuth;

/// <summary>What a client is told about a token (RFC 7662 section 2.2); one that is not active has none.</summary>
/// <param name="Token">The token with its owner.</param>
/// <param name="Scopes">What it gives now, expanded.</param>
internal sealed record TokenIntrospection(HubToken Token, IReadOnlyList<string> Scopes);
