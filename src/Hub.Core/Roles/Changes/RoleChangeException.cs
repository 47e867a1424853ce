using JupyterHub.Core.Diagnostics;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Roles.Changes;

/// <summary>A change of a role was not made; nothing was written. The message is for the client.</summary>
internal sealed class RoleChangeException(RoleChangeError kind, string message) : Exception(message)
{
    public RoleChangeError Kind { get; } = kind;

    /// <summary>Where the credential falls short: scopes that it lacks.</summary>
    public IReadOnlyList<string> RequiredScopes { get; init; } = [];

    public static RoleChangeException Invalid(string message) => new(RoleChangeError.Invalid, message);

    public static RoleChangeException NotFound(string message) => new(RoleChangeError.NotFound, message);

    /// <summary>There is no such user, group or service, whatever the request calls it.</summary>
    public static RoleChangeException Nobody(ScopeOwner who) => NotFound($"No such {LogText.Bound(who.ToString())}");

    public static RoleChangeException Conflict(string message) => new(RoleChangeError.Conflict, message);
}
