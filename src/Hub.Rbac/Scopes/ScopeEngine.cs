using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Rbac.Scopes;

/// <summary>Expansion, intersection and resolution of scopes over one catalogue. Pure: same arguments, same answer.</summary>
public sealed class ScopeEngine
{
    /// <summary>The engine over the built-in catalogue.</summary>
    public static ScopeEngine BuiltIn => throw new NotImplementedException();

    /// <summary>Expands raw scopes into permissions (contract 4.3).</summary>
    /// <exception cref="ScopeException">A scope or filter does not exist.</exception>
    public PermissionSet Expand(IEnumerable<string> scopes, ScopeOwner? owner = null, ScopeClient? client = null) => throw new NotImplementedException();

    /// <summary>The union of two sets, reduced.</summary>
    public PermissionSet Union(PermissionSet first, PermissionSet second) => throw new NotImplementedException();

    /// <summary>What both sets give (contract 4.5).</summary>
    public PermissionSet Intersect(PermissionSet first, PermissionSet second, MembershipSnapshot membership) => throw new NotImplementedException();

    /// <summary>Which of the requested raw scopes can be given to a holder of the raw scopes <paramref name="held"/> (contract 4.6).</summary>
    /// <exception cref="ScopeException">A scope or filter does not exist.</exception>
    public ScopeResolution Resolve(IEnumerable<string> requested, IEnumerable<string> held, ScopeOwner? owner, ScopeClient? client, MembershipSnapshot membership) => throw new NotImplementedException();

    /// <summary>What a token with these raw scopes may do, never more than its owner (contract 4.4).</summary>
    /// <param name="stored">Raw scopes as stored with the token.</param>
    /// <param name="owner">The token's owner.</param>
    /// <param name="client">The server or service that it was issued to; null for tokens of the hub itself.</param>
    /// <param name="ownerPermissions">What the owner may do.</param>
    /// <param name="membership">Who belongs to which group.</param>
    public PermissionSet ForToken(IEnumerable<string> stored, ScopeOwner owner, ScopeClient? client, PermissionSet ownerPermissions, MembershipSnapshot membership) => throw new NotImplementedException();

    /// <summary>Throws if a raw scope does not exist.</summary>
    /// <exception cref="ScopeException">A scope or filter does not exist.</exception>
    public void Validate(IEnumerable<string> scopes) => throw new NotImplementedException();
}
