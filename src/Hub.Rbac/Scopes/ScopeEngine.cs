using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Rbac.Scopes;

/// <summary>Expansion, intersection and resolution of scopes over one catalogue. Pure: same arguments, same answer.</summary>
public sealed class ScopeEngine
{
    private const string Inherit = "inherit";

    /// <summary>Creates an engine over a catalogue, such as one with custom scopes.</summary>
    public ScopeEngine(ScopeCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        Catalog = catalog;
    }

    /// <summary>The engine over the built-in catalogue.</summary>
    public static ScopeEngine BuiltIn { get; } = new(ScopeCatalog.BuiltIn);

    /// <summary>The scopes that exist.</summary>
    public ScopeCatalog Catalog { get; }

    /// <summary>Expands raw scopes into permissions (contract 4.3).</summary>
    /// <exception cref="ScopeException">A scope or filter does not exist.</exception>
    public PermissionSet Expand(IEnumerable<string> scopes, ScopeOwner? owner = null, ScopeClient? client = null)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        var expansion = new ScopeExpansion(Catalog, owner, client);
        foreach (var scope in scopes)
        {
            AddOrThrow(expansion, scope);
        }

        return expansion.Build();
    }

    /// <summary>The union of two sets, reduced.</summary>
    public PermissionSet Union(PermissionSet first, PermissionSet second)
    {
        CheckCatalog(first);
        CheckCatalog(second);
        return PermissionAlgebra.Union(Catalog, first, second);
    }

    /// <summary>What both sets give (contract 4.5).</summary>
    public PermissionSet Intersect(PermissionSet first, PermissionSet second, MembershipSnapshot membership)
    {
        ArgumentNullException.ThrowIfNull(membership);
        CheckCatalog(first);
        CheckCatalog(second);
        return PermissionAlgebra.Intersect(Catalog, first, second, membership);
    }

    /// <summary>Which of the requested raw scopes can be given to a holder of the raw scopes <paramref name="held"/> (contract 4.6).</summary>
    /// <exception cref="ScopeException">A scope or filter does not exist.</exception>
    public ScopeResolution Resolve(IEnumerable<string> requested, IEnumerable<string> held, ScopeOwner? owner, ScopeClient? client, MembershipSnapshot membership)
    {
        ArgumentNullException.ThrowIfNull(requested);
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(membership);
        return new ScopeResolver(this, owner, client, membership).Resolve(requested, held.ToArray());
    }

    /// <summary>What a token with these raw scopes may do, never more than its owner (contract 4.4). A stored scope that exists no more gives nothing.</summary>
    /// <param name="stored">Raw scopes as stored with the token.</param>
    /// <param name="owner">The token's owner.</param>
    /// <param name="client">The server or service that it was issued to; null for tokens of the hub itself.</param>
    /// <param name="ownerPermissions">What the owner may do.</param>
    /// <param name="membership">Who belongs to which group.</param>
    public PermissionSet ForToken(IEnumerable<string> stored, ScopeOwner owner, ScopeClient? client, PermissionSet ownerPermissions, MembershipSnapshot membership)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(membership);
        CheckCatalog(ownerPermissions);
        var expansion = new ScopeExpansion(Catalog, owner, client);
        foreach (var scope in stored)
        {
            if (scope == Inherit)
            {
                return ownerPermissions;
            }

            // A custom scope may have left the configuration since; the token keeps working without it.
            expansion.TryAdd(scope);
        }

        if (client is { } issuer)
        {
            expansion.AddAccess(issuer);
        }

        expansion.AddIdentity(owner);
        return PermissionAlgebra.Intersect(Catalog, expansion.Build(), ownerPermissions, membership);
    }

    /// <summary>What a new token with these raw scopes would ask beyond its owner; it may be created only if that is empty.</summary>
    /// <param name="requested">Raw scopes; <c>inherit</c> never asks for too much.</param>
    /// <param name="owner">The token's owner.</param>
    /// <param name="client">The server or service that it is issued to; null for tokens of the hub itself.</param>
    /// <param name="ownerPermissions">What the owner may do.</param>
    /// <param name="membership">Who belongs to which group.</param>
    /// <exception cref="ScopeException">A scope or filter does not exist.</exception>
    public PermissionSet BeyondOwner(IEnumerable<string> requested, ScopeOwner owner, ScopeClient? client, PermissionSet ownerPermissions, MembershipSnapshot membership)
    {
        ArgumentNullException.ThrowIfNull(requested);
        var wanted = Expand(requested.Where(scope => scope != Inherit), owner, client);
        return PermissionAlgebra.Except(Catalog, wanted, Intersect(wanted, ownerPermissions, membership));
    }

    /// <summary>Throws if a raw scope does not exist.</summary>
    /// <exception cref="ScopeException">A scope or filter does not exist.</exception>
    public void Validate(IEnumerable<string> scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        foreach (var scope in scopes)
        {
            if (!ScopeParser.TryParse(Catalog, scope, out _))
            {
                throw ScopeParser.Error(Catalog, scope);
            }
        }
    }

    private void AddOrThrow(ScopeExpansion expansion, string scope)
    {
        if (!expansion.TryAdd(scope))
        {
            throw ScopeParser.Error(Catalog, scope);
        }
    }

    private void CheckCatalog(PermissionSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (!set.Catalog.IsPartOf(Catalog))
        {
            throw new ArgumentException("The permissions were made with a catalogue whose custom scopes this engine does not know.");
        }
    }
}
