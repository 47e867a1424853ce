namespace JupyterHub.Rbac.Permissions;

/// <summary>Fields of a service (contract 3).</summary>
[Flags]
public enum ServiceFields
{
    /// <summary>None: the service is not visible.</summary>
    None = 0,

    /// <summary><c>kind</c> and <c>name</c>: visible with any other field.</summary>
    Name = 1,

    /// <summary><c>admin</c>.</summary>
    Admin = 1 << 1,

    /// <summary><c>roles</c>.</summary>
    Roles = 1 << 2,

    /// <summary><c>url</c>, <c>prefix</c>, <c>command</c>, <c>pid</c>, <c>info</c> and <c>display</c>.</summary>
    Details = 1 << 3,
}
