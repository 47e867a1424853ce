using System.Text.Json.Nodes;

namespace JupyterHub.Core.Groups;

/// <summary>A group of the configuration, with the names of users as the database has them.</summary>
/// <param name="Name">The group's name.</param>
/// <param name="Users">Members at least.</param>
/// <param name="Properties">All properties; null to leave them as they are.</param>
internal sealed record DeclaredGroup(string Name, IReadOnlyList<string> Users, JsonObject? Properties);
