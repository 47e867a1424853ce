namespace JupyterHub.Core.Users;

/// <summary>What of a user is to change; null stays as it is.</summary>
internal sealed record UserPatch(string? Name, bool? Admin);
