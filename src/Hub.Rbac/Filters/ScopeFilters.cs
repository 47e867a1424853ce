using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.Rbac.Filters;

/// <summary>For which entities a scope is held: for all, for none, or for those that are listed. Serves as the predicate of a listing.</summary>
public sealed class ScopeFilters : IEquatable<ScopeFilters>
{
    private readonly NameSet users;
    private readonly NameSet services;
    private readonly NameSet groups;
    private readonly ServerSet servers;

    // Groups as numbers of the membership that was asked last; a stale one is replaced, never wrong.
    private GroupMask? mask;

    private ScopeFilters(bool all)
    {
        IsUnrestricted = all;
        (users, services, groups, servers) = (NameSet.Empty, NameSet.Empty, NameSet.Empty, ServerSet.Empty);
    }

    private ScopeFilters(NameSet users, NameSet services, NameSet groups, NameSet servers)
    {
        (this.users, this.services, this.groups) = (users, services, groups);
        this.servers = servers.Count == 0 ? ServerSet.Empty : new(servers);
    }

    /// <summary>Held for everything.</summary>
    public static ScopeFilters Unrestricted { get; } = new(all: true);

    /// <summary>Not held at all.</summary>
    public static ScopeFilters None { get; } = new(all: false);

    /// <summary>True if the scope is held without a filter; the lists are empty then.</summary>
    public bool IsUnrestricted { get; }

    /// <summary>True if the scope is not held at all.</summary>
    public bool IsNone => !IsUnrestricted && Count == 0;

    /// <summary>Users that are named, sorted by code point; their servers are covered, too.</summary>
    public IReadOnlyList<string> Users => users;

    /// <summary>Services that are named, sorted by code point.</summary>
    public IReadOnlyList<string> Services => services;

    /// <summary>Groups that are named, sorted by code point; their members and the members' servers are covered, too.</summary>
    public IReadOnlyList<string> Groups => groups;

    /// <summary>Servers that are named, as <c>owner/name</c>, sorted by code point.</summary>
    public IReadOnlyList<string> Servers => servers.Values;

    /// <summary>The servers of <see cref="Servers"/> as entities; a value without an owner names no server and is left out.</summary>
    public IEnumerable<Resource> NamedServers
    {
        get
        {
            foreach (var value in servers.Values)
            {
                var owner = ServerSet.OwnerOf(value).Length;
                if (owner < value.Length)
                {
                    yield return Resource.Server(value[..owner], value[(owner + 1)..]);
                }
            }
        }
    }

    internal int Count => users.Count + services.Count + groups.Count + servers.Values.Count;

    /// <summary>True if the entity is covered, directly, through its owner, or through a group of the user.</summary>
    public bool Covers(Resource resource, MembershipSnapshot membership) => IsUnrestricted || resource.Kind switch
    {
        ResourceKind.User => users.Contains(resource.Name) || CoversMember(resource.Name, membership),
        ResourceKind.Server => CoversServer(resource.Name, resource.ServerName) || CoversMember(resource.Name, membership),
        ResourceKind.Service => services.Contains(resource.Name),
        ResourceKind.Group => groups.Contains(resource.Name),
        _ => false,
    };

    /// <inheritdoc/>
    public bool Equals(ScopeFilters? other) =>
        ReferenceEquals(this, other)
        || (other is not null && IsUnrestricted == other.IsUnrestricted && users.Equals(other.users) && services.Equals(other.services)
            && groups.Equals(other.groups) && servers.Equals(other.servers));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ScopeFilters);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsUnrestricted, users, services, groups, servers);

    internal static ScopeFilters Of(NameSet users, NameSet services, NameSet groups, NameSet servers) =>
        users.Count + services.Count + groups.Count + servers.Count == 0 ? None : new(users, services, groups, servers);

    internal NameSet NamesOf(ResourceKind kind) => kind switch
    {
        ResourceKind.User => users,
        ResourceKind.Service => services,
        ResourceKind.Group => groups,
        _ => servers.Values,
    };

    /// <summary>True if the user is in one of the groups.</summary>
    internal bool CoversMember(ReadOnlySpan<char> user, MembershipSnapshot membership)
    {
        if (groups.Count == 0)
        {
            return false;
        }

        var current = mask;
        if (current is null || !current.IsFor(membership))
        {
            mask = current = membership.MaskOf(groups);
        }

        return membership.IsInAny(user, current);
    }

    private bool CoversServer(ReadOnlySpan<char> owner, ReadOnlySpan<char> server)
    {
        var hash = users.IsHashed || servers.IsHashed ? NameHash.Of(owner) : 0;
        return servers.Contains(owner, hash, server) || users.Contains(owner, hash);
    }
}
