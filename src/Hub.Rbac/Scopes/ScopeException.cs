namespace JupyterHub.Rbac.Scopes;

/// <summary>A scope string is malformed or names a scope or filter that does not exist.</summary>
public sealed class ScopeException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ScopeException(ScopeError error) : base((error ?? throw new ArgumentNullException(nameof(error))).Message) => Error = error;

    /// <summary>What was wrong, where, and what may have been meant.</summary>
    public ScopeError Error { get; }
}
