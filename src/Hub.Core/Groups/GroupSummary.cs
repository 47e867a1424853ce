namespace JupyterHub.Core.Groups;

/// <summary>A group in a list, with numbers instead of names.</summary>
/// <param name="Name">The group's name.</param>
/// <param name="Members">How many users are in it.</param>
/// <param name="Roles">How many roles it holds, expired ones left out.</param>
internal sealed record GroupSummary(string Name, int Members, int Roles);
