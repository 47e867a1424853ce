using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;

namespace JupyterHub.Rbac.Explanations;

/// <summary>Compares two worlds that differ in roles, grants, or who is in which group.</summary>
public static class AccessDiff
{
    /// <summary>Everybody whose permissions differ; empty if every decision stays the same.</summary>
    /// <remarks>
    /// Where membership differs too, a holder of <c>servers!group=physics</c> on both sides gains <c>servers!user=ada</c> when ada joins
    /// that group. Those who are in only one of the worlds have no permissions in the other.
    /// </remarks>
    /// <exception cref="ArgumentException">The engines differ, so that the same scope may mean different things.</exception>
    public static IReadOnlyList<AccessChange> Between(RbacWorld before, RbacWorld after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (!ReferenceEquals(before.Engine, after.Engine))
        {
            throw new ArgumentException("Only worlds with the same engine can be compared.", nameof(after));
        }

        var moved = Moved(before.Membership, after.Membership);
        var changes = new List<AccessChange>();
        foreach (var who in before.Principals.Union(after.Principals))
        {
            var (old, current) = (before.PermissionsOf(who), after.PermissionsOf(who));
            if (moved.Length == 0 && old.Equals(current))
            {
                continue;
            }

            var change = new AccessChange(
                who,
                Uncovered(current, after, old, before, moved),
                Uncovered(old, before, current, after, moved));
            if (!change.Gained.IsEmpty || !change.Lost.IsEmpty)
            {
                changes.Add(change);
            }
        }

        return changes;
    }

    /// <summary>
    /// What the first set allows in its world and the second does not allow in the other: its entries, and for a group that both name
    /// those members that the other world does not have in it.
    /// </summary>
    private static PermissionSet Uncovered(PermissionSet first, RbacWorld firstWorld, PermissionSet second, RbacWorld secondWorld, string[] moved)
    {
        var catalog = firstWorld.Engine.Catalog;
        var entries = PermissionAlgebra.Uncovered(catalog, first, second, secondWorld.Membership);
        return moved.Length == 0
            ? entries
            : PermissionAlgebra.Union(catalog, entries, Joined(first, firstWorld, second, secondWorld, entries, moved));
    }

    private static PermissionSet Joined(
        PermissionSet first, RbacWorld firstWorld, PermissionSet second, RbacWorld secondWorld, PermissionSet entries, string[] moved)
    {
        var builder = new PermissionSetBuilder(firstWorld.Engine.Catalog);
        for (var id = first.Filtered.Next(0); id >= 0; id = first.Filtered.Next(id + 1))
        {
            var filters = first.FiltersOf(id);
            foreach (var user in filters.Groups.Count == 0 ? [] : moved)
            {
                var resource = Resource.User(user);
                if (filters.CoversMember(user, firstWorld.Membership)
                    && !second.AllowsId(id, resource, secondWorld.Membership)
                    && !entries.AllowsId(id, resource, firstWorld.Membership))
                {
                    builder.Add(Scopes.ScopeBits.Of(id), ResourceKind.User, user, user);
                }
            }
        }

        return builder.Build();
    }

    /// <summary>Everybody whose groups differ.</summary>
    private static string[] Moved(MembershipSnapshot before, MembershipSnapshot after) => ReferenceEquals(before, after)
        ? []
        : before.Members.Union(after.Members, StringComparer.Ordinal)
            .Where(user => !before.GroupsOf(user).SequenceEqual(after.GroupsOf(user), StringComparer.Ordinal))
            .Order(Filters.CodePointOrder.Instance)
            .ToArray();
}
