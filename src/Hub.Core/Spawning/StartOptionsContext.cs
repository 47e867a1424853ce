namespace JupyterHub.Core.Spawning;

/// <summary>For whom and which server options are asked for.</summary>
/// <param name="UserName">The owner's name, raw.</param>
/// <param name="ServerName">The server's name; empty for the default server. There may be none of this name yet.</param>
/// <param name="IsAdmin">The owner is an administrator.</param>
/// <param name="Groups">The groups that the owner is in.</param>
public sealed record StartOptionsContext(string UserName, string ServerName, bool IsAdmin, IReadOnlyList<string> Groups);
