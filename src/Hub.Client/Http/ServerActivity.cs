namespace JupyterHub.Client.Http;

/// <summary>When one server was last used.</summary>
internal sealed record ServerActivity(string LastActivity);
