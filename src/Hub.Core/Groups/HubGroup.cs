using System.Text.Json.Nodes;
using JupyterHub.Core.Roles;

namespace JupyterHub.Core.Groups;

/// <summary>A row of <c>groups</c>.</summary>
internal sealed class HubGroup
{
    public int Id { get; set; }
    public required string Name { get; set; }
    public JsonObject? Properties { get; set; }
    public List<UserGroup> Members { get; } = [];
    public List<GroupRole> Roles { get; } = [];
}
