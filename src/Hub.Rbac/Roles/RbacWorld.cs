using System.Collections.Frozen;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Roles;

/// <summary>Everything that decisions depend on, at one moment: who there is, who is in which group, which roles there are, and who was granted what. Immutable.</summary>
public sealed class RbacWorld
{
    private readonly FrozenDictionary<string, IReadOnlyList<string>> roles;
    private readonly ILookup<ScopeOwner, Grant> byHolder;

    /// <summary>Creates a world.</summary>
    /// <param name="engine">Knows which scopes exist.</param>
    /// <param name="membership">Who is in which group.</param>
    /// <param name="principals">All users and services.</param>
    /// <param name="roles">All roles with their raw scopes.</param>
    /// <param name="grants">Who was granted what; that every user holds the role <c>user</c> has to be among it.</param>
    /// <exception cref="ArgumentException">A grant names a role that does not exist.</exception>
    /// <exception cref="ScopeException">A role or share has a scope that does not exist.</exception>
    public RbacWorld(
        ScopeEngine engine,
        MembershipSnapshot membership,
        IEnumerable<ScopeOwner> principals,
        IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> roles,
        IEnumerable<Grant> grants)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(membership);
        (Engine, Membership) = (engine, membership);
        Principals = principals.Distinct().ToArray();
        this.roles = roles.ToFrozenDictionary(StringComparer.Ordinal);
        Grants = grants.Distinct().ToArray();
        byHolder = Grants.ToLookup(grant => grant.Holder);
        Check();
    }

    /// <summary>Knows which scopes exist.</summary>
    public ScopeEngine Engine { get; }

    /// <summary>Who is in which group.</summary>
    public MembershipSnapshot Membership { get; }

    /// <summary>All users and services.</summary>
    public IReadOnlyList<ScopeOwner> Principals { get; }

    /// <summary>All roles with their raw scopes.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Roles => roles;

    /// <summary>Who was granted what.</summary>
    public IReadOnlyList<Grant> Grants { get; }

    /// <summary>The same world with other grants.</summary>
    public RbacWorld WithGrants(IEnumerable<Grant> grants) => new(Engine, Membership, Principals, Roles, grants);

    /// <summary>The same world with a role changed or added.</summary>
    public RbacWorld WithRole(string role, IReadOnlyList<string> scopes) =>
        new(Engine, Membership, Principals, [.. Roles.Where(known => known.Key != role), KeyValuePair.Create(role, scopes)], Grants);

    /// <summary>Everything granted to a user, service or group; to a user also what the user's groups were granted.</summary>
    public IEnumerable<Grant> GrantsOf(ScopeOwner holder) => holder.Kind == ResourceKind.User
        ? byHolder[holder].Concat(Membership.GroupsOf(holder.Name).SelectMany(group => byHolder[ScopeOwner.Group(group)]))
        : byHolder[holder];

    /// <summary>What a user, service or group may do (contract 4.4).</summary>
    public PermissionSet PermissionsOf(ScopeOwner holder) => Permissions(GrantsOf(holder), holder);

    /// <summary>What a token may do, shares with the owner's groups included.</summary>
    public PermissionSet PermissionsOf(TokenGrant token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return Engine.ForToken(token.Scopes, token.Owner, token.Client, PermissionsOf(token.Owner), Membership);
    }

    /// <summary>The raw scopes of a grant.</summary>
    public IReadOnlyList<string> ScopesOf(Grant grant) => grant switch
    {
        RoleGrant { Role: var role } => roles[role],
        ShareGrant { Scopes: var scopes } => scopes,
        _ => throw new ArgumentException("Neither a role nor a share.", nameof(grant)),
    };

    /// <summary>What one raw scope of a grant gives to its holder, or to a member of the group that holds it.</summary>
    internal PermissionSet Expand(Grant grant, IEnumerable<string> scopes, ScopeOwner holder) => grant is ShareGrant share
        ? Engine.Expand(scopes, share.Holder, ScopeClient.Server(share.Server.Name, share.Server.ServerName!))
        : Engine.Expand(scopes, holder);

    private PermissionSet Permissions(IEnumerable<Grant> grants, ScopeOwner holder)
    {
        var ownRoles = new List<string>();
        var shared = PermissionSet.Empty;
        foreach (var grant in grants)
        {
            if (grant is RoleGrant role)
            {
                ownRoles.AddRange(roles[role.Role]);
            }
            else
            {
                shared = Engine.Union(shared, Expand(grant, ScopesOf(grant), holder));
            }
        }

        var own = Engine.Expand(ownRoles, holder);
        return shared.IsEmpty ? own : Engine.Union(own, shared);
    }

    private void Check()
    {
        foreach (var scopes in roles.Values)
        {
            Engine.Validate(scopes);
        }

        foreach (var grant in Grants)
        {
            if (grant is RoleGrant role && !roles.ContainsKey(role.Role))
            {
                throw new ArgumentException($"A grant names the role '{ScopeError.Quote(role.Role)}', which does not exist.");
            }

            if (grant is ShareGrant share)
            {
                Engine.Validate(share.Scopes);
            }
        }
    }
}
