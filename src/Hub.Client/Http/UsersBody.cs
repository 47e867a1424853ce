namespace JupyterHub.Client.Http;

/// <summary>Users to create.</summary>
internal sealed record UsersBody(IReadOnlyList<string>? Usernames, bool? Admin);
