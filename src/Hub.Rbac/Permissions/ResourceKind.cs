namespace JupyterHub.Rbac.Permissions;

/// <summary>The kinds of entities that a scope's filter can name.</summary>
public enum ResourceKind
{
    /// <summary>A user (<c>!user=name</c>).</summary>
    User,

    /// <summary>A service (<c>!service=name</c>).</summary>
    Service,

    /// <summary>A group (<c>!group=name</c>).</summary>
    Group,

    /// <summary>A server (<c>!server=owner/name</c>).</summary>
    Server,
}
