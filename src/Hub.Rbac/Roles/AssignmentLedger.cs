using JupyterHub.Rbac.Filters;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Roles;

/// <summary>Who holds which role while a plan is being made, and what that is compared with at its end.</summary>
internal sealed class AssignmentLedger
{
    private readonly Dictionary<(ScopeOwner Holder, string Role), bool> before;
    private readonly Dictionary<(ScopeOwner Holder, string Role), bool> now;

    public AssignmentLedger(IEnumerable<RoleAssignment> stored)
    {
        before = stored.ToDictionary(assignment => (assignment.Holder, assignment.Role), assignment => assignment.IsManaged);
        now = new(before);
    }

    /// <summary>Managed assignments as they were stored.</summary>
    public IEnumerable<(ScopeOwner Holder, string Role)> StoredManaged => before.Where(entry => entry.Value).Select(entry => entry.Key);

    public bool IsHeld(ScopeOwner holder, string role) => now.ContainsKey((holder, role));

    public void Grant(ScopeOwner holder, string role, bool managed = false)
    {
        var known = now.TryGetValue((holder, role), out var already);
        now[(holder, role)] = managed || (known && already);
    }

    public void Strip(ScopeOwner holder, string role) => now.Remove((holder, role));

    /// <summary>Makes the holders of one kind exactly these.</summary>
    public void Set(string role, ResourceKind kind, IReadOnlyCollection<ScopeOwner> holders, bool managed)
    {
        foreach (var (holder, held) in now.Keys.Where(entry => entry.Role == role && entry.Holder.Kind == kind).ToArray())
        {
            if (!holders.Contains(holder))
            {
                now.Remove((holder, held));
            }
        }

        foreach (var holder in holders)
        {
            Grant(holder, role, managed);
        }
    }

    /// <summary>A deleted role takes its assignments along, so that they need no stripping.</summary>
    public void Forget(string role)
    {
        foreach (var entry in before.Keys.Where(entry => entry.Role == role).ToArray())
        {
            before.Remove(entry);
            now.Remove(entry);
        }
    }

    public IReadOnlyList<RoleAssignment> Stripped() => Sort(before.Where(entry => !now.ContainsKey(entry.Key)));

    public IReadOnlyList<RoleAssignment> Granted() => Sort(now.Where(entry => !before.ContainsKey(entry.Key)));

    public IReadOnlyList<RoleAssignment> MarkedManaged() => Sort(now.Where(entry => entry.Value && before.TryGetValue(entry.Key, out var managed) && !managed));

    private static RoleAssignment[] Sort(IEnumerable<KeyValuePair<(ScopeOwner Holder, string Role), bool>> entries) =>
        entries.Select(entry => new RoleAssignment(entry.Key.Holder, entry.Key.Role, entry.Value))
            .OrderBy(assignment => assignment.Role, CodePointOrder.Instance)
            .ThenBy(assignment => assignment.Holder.Kind)
            .ThenBy(assignment => assignment.Holder.Name, CodePointOrder.Instance)
            .ToArray();
}
