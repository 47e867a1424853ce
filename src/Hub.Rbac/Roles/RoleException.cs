using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Roles;

/// <summary>A declaration of roles breaks a rule. The message is one sentence that names the role and says what to change.</summary>
public sealed class RoleException : Exception
{
    internal RoleException(string role, string what, Exception? inner = null) : base($"Role '{ScopeError.Quote(role)}' {what}", inner) => Role = role;

    /// <summary>The role's name as it was given; not safe to log.</summary>
    public string Role { get; }
}
