namespace JupyterHub.Rbac.Explanations;

/// <summary>How a grant's filter relates to the entity that was asked about.</summary>
public enum FilterMatch
{
    /// <summary>There is no filter: it covers everything.</summary>
    Unfiltered,

    /// <summary>The filter names the entity.</summary>
    Name,

    /// <summary>The filter names the server's owner.</summary>
    Owner,

    /// <summary>The filter names a group that the user, or the server's owner, is in.</summary>
    Member,

    /// <summary>The filter covers others, not this entity.</summary>
    Elsewhere,
}
