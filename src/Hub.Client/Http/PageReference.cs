namespace JupyterHub.Client.Http;

/// <summary>The next page.</summary>
internal sealed record PageReference(int Offset, int? Limit);
