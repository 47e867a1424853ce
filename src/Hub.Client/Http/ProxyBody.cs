namespace JupyterHub.Client.Http;

/// <summary>Where the proxy is now.</summary>
internal sealed record ProxyBody(string? ApiUrl, string? AuthToken);
