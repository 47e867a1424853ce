using JupyterHub.Rbac.Membership;

namespace JupyterHub.Rbac.Permissions;

/// <summary>An expanded, compiled, immutable set of permissions.</summary>
public sealed class PermissionSet
{
    /// <summary>No permission at all.</summary>
    public static PermissionSet Empty => throw new NotImplementedException();

    /// <summary>True if the scope is held without a filter.</summary>
    public bool Allows(string scope) => throw new NotImplementedException();

    /// <summary>True if the scope is held for this entity, by a filter that covers it or without one.</summary>
    public bool Allows(string scope, Resource resource, MembershipSnapshot membership) => throw new NotImplementedException();

    /// <summary>True if the scope is held with any filter or without one.</summary>
    public bool Holds(string scope) => throw new NotImplementedException();

    /// <summary>The set as scope strings, sorted by code point.</summary>
    public IReadOnlyList<string> ToScopes() => throw new NotImplementedException();
}
