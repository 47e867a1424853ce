namespace JupyterHub.Rbac.Permissions;

/// <summary>Fields of a server (contract 3).</summary>
[Flags]
public enum ServerFields
{
    /// <summary>None: the server is not visible.</summary>
    None = 0,

    /// <summary>Everything but <c>state</c>.</summary>
    Details = 1,

    /// <summary><c>state</c>, what the spawner keeps.</summary>
    State = 1 << 1,
}
