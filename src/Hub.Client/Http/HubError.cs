namespace JupyterHub.Client.Http;

/// <summary>The hub's error, of the API or of OAuth.</summary>
internal sealed record HubError(string? Message, string? Error, string? ErrorDescription);
