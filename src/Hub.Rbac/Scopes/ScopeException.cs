namespace JupyterHub.Rbac.Scopes;

/// <summary>A scope string is malformed or names a scope or filter that does not exist.</summary>
public sealed class ScopeException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ScopeException(string message) : base(message)
    {
    }
}
