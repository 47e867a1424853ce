namespace JupyterHub.Client.Http;

/// <summary>What stops with the hub.</summary>
internal sealed record ShutdownBody(bool? Proxy, bool? Servers);
