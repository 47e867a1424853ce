namespace JupyterHub.Proxy.Standalone.ErrorPages;

/// <summary>An error page.</summary>
internal sealed record ErrorContent(byte[] Body, string? ContentType, string? ContentEncoding = null);
