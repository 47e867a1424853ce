using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Core.Shares;

/// <summary>The server that is shared, by the names that paths and scopes have for it; an empty name is the default server.</summary>
internal sealed record ServerName(string Owner, string Name)
{
    public Resource Resource => Resource.Server(Owner, Name);

    /// <summary>How a scope is limited to the server.</summary>
    public string Filter => $"server={Owner}/{Name}";
}
