using System.Text.Json.Nodes;
using JupyterHub.Core.Configuration.Binding;

namespace JupyterHub.Core.Configuration;

/// <summary>A group that the operator declares: a value of <c>JupyterHub:LoadGroups</c>. A plain list stands for its users.</summary>
[ListForm(nameof(Users))]
public sealed class GroupDeclaration
{
    /// <summary>Users who are members at least; created if missing. Members who came otherwise stay.</summary>
    public IList<string> Users { get; set; } = [];

    /// <summary>The group's properties, replaced whole. Left out: as they are.</summary>
    public JsonObject? Properties { get; set; }
}
