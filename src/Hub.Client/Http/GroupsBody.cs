namespace JupyterHub.Client.Http;

/// <summary>Groups to create, or members to add or take out.</summary>
internal sealed record GroupsBody(IReadOnlyList<string>? Groups, IReadOnlyList<string>? Users);
