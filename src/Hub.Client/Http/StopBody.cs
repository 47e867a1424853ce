namespace JupyterHub.Client.Http;

/// <summary>How to stop a server.</summary>
internal sealed record StopBody(bool Remove);
