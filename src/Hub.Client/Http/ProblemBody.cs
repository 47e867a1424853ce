namespace JupyterHub.Client.Http;

/// <summary>An error as the hub's API writes it.</summary>
internal sealed record ProblemBody(int Status, string Message);
