using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;

namespace JupyterHub.Rbac.Explanations;

/// <summary>Compares two worlds that differ in roles or grants.</summary>
public static class AccessDiff
{
    /// <summary>Everybody whose permissions differ; empty if every decision stays the same.</summary>
    /// <exception cref="ArgumentException">Engine or membership differ, so that the same permission means different things.</exception>
    public static IReadOnlyList<AccessChange> Between(RbacWorld before, RbacWorld after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (!ReferenceEquals(before.Engine, after.Engine) || !ReferenceEquals(before.Membership, after.Membership))
        {
            throw new ArgumentException("Only worlds with the same engine and membership can be compared.", nameof(after));
        }

        var changes = new List<AccessChange>();
        foreach (var who in before.Principals.Union(after.Principals))
        {
            var (old, current) = (before.PermissionsOf(who), after.PermissionsOf(who));
            if (old.Equals(current))
            {
                continue;
            }

            var catalog = before.Engine.Catalog;
            var change = new AccessChange(
                who,
                PermissionAlgebra.Uncovered(catalog, current, old, before.Membership),
                PermissionAlgebra.Uncovered(catalog, old, current, before.Membership));
            if (!change.Gained.IsEmpty || !change.Lost.IsEmpty)
            {
                changes.Add(change);
            }
        }

        return changes;
    }
}
