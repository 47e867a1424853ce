namespace JupyterHub.Client.Http;

/// <summary>A question about permissions.</summary>
internal sealed record ExplainBody(string? User, string? Service, string Scope);
