using System.Text.Json.Nodes;

namespace JupyterHub.Core.Groups;

/// <summary>A group as it is shown, with the names of its members and roles.</summary>
internal sealed record GroupDetails(string Name, JsonObject? Properties, IReadOnlyList<string> Users, IReadOnlyList<string> Roles);
