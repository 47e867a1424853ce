namespace JupyterHub.Client.Http;

/// <summary>The answer of the OAuth token endpoint, as far as it is read.</summary>
internal sealed record TokenAnswer(string? AccessToken);
