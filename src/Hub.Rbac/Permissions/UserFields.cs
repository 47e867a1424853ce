namespace JupyterHub.Rbac.Permissions;

/// <summary>Fields of a user (contract 3).</summary>
[Flags]
public enum UserFields
{
    /// <summary>None: the user is not visible.</summary>
    None = 0,

    /// <summary><c>kind</c> and <c>name</c>: visible with any other field.</summary>
    Name = 1,

    /// <summary><c>user_info</c>.</summary>
    UserInfo = 1 << 1,

    /// <summary><c>admin</c>.</summary>
    Admin = 1 << 2,

    /// <summary><c>roles</c>.</summary>
    Roles = 1 << 3,

    /// <summary><c>groups</c>.</summary>
    Groups = 1 << 4,

    /// <summary><c>server</c>.</summary>
    Server = 1 << 5,

    /// <summary><c>pending</c>.</summary>
    Pending = 1 << 6,

    /// <summary><c>created</c>.</summary>
    Created = 1 << 7,

    /// <summary><c>last_activity</c>.</summary>
    LastActivity = 1 << 8,

    /// <summary><c>auth_state</c>.</summary>
    AuthState = 1 << 9,

    /// <summary><c>servers</c>, empty if no server is to be shown.</summary>
    Servers = 1 << 10,
}
