namespace JupyterHub.Rbac.Permissions;

/// <summary>Fields of a group (contract 3).</summary>
[Flags]
public enum GroupFields
{
    /// <summary>None: the group is not visible.</summary>
    None = 0,

    /// <summary><c>kind</c> and <c>name</c>: visible with any other field.</summary>
    Name = 1,

    /// <summary><c>users</c>.</summary>
    Users = 1 << 1,

    /// <summary><c>properties</c>.</summary>
    Properties = 1 << 2,

    /// <summary><c>roles</c>.</summary>
    Roles = 1 << 3,
}
