using JupyterHub.Client.Models;

namespace JupyterHub.Client.Http;

/// <summary>A user's tokens.</summary>
internal sealed record TokenList(IReadOnlyList<HubToken>? ApiTokens);
