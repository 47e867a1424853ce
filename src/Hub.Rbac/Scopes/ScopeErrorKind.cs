namespace JupyterHub.Rbac.Scopes;

/// <summary>What is wrong with a scope string or a definition.</summary>
public enum ScopeErrorKind
{
    /// <summary>There is no scope of that name.</summary>
    UnknownScope,

    /// <summary>There is no filter of that kind.</summary>
    UnknownFilter,

    /// <summary>The filter names nobody (<c>!user=</c>, <c>!group</c>).</summary>
    MissingFilterValue,

    /// <summary>The string is longer than any scope can be.</summary>
    TooLong,

    /// <summary>A custom scope breaks a rule.</summary>
    InvalidDefinition,
}
