using JupyterHub.Rbac.Filters;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Roles;

/// <summary>Who there is while a plan is being made, who is an administrator, and what that is compared with at its end.</summary>
internal sealed class PrincipalLedger(RoleState stored)
{
    private readonly Dictionary<ScopeOwner, bool> before = stored.Principals.ToDictionary(principal => principal.Who, principal => principal.IsAdmin);
    private readonly Dictionary<ScopeOwner, bool> now = stored.Principals.ToDictionary(principal => principal.Who, principal => principal.IsAdmin);
    private readonly HashSet<string> groups = stored.Groups.ToHashSet(StringComparer.Ordinal);

    public IReadOnlyList<ScopeOwner> StoredUsers => before.Keys.Where(who => who.Kind == ResourceKind.User).ToArray();

    /// <summary>Users and services with their flag.</summary>
    public IReadOnlyList<AdminFlag> Flags => now.Select(entry => new AdminFlag(entry.Key, entry.Value)).ToArray();

    public bool Exists(ScopeOwner who) => now.ContainsKey(who);

    /// <summary>False if the user was there already.</summary>
    public bool AddUser(string name) => now.TryAdd(ScopeOwner.User(name), false);

    public void AddGroup(string name) => groups.Add(name);

    public void SetAdmin(ScopeOwner who, bool isAdmin) => now[who] = isAdmin;

    public IReadOnlyList<string> CreatedUsers() =>
        now.Keys.Where(who => !before.ContainsKey(who)).Select(who => who.Name).Order(CodePointOrder.Instance).ToArray();

    public IReadOnlyList<string> CreatedGroups() => groups.Except(stored.Groups, StringComparer.Ordinal).Order(CodePointOrder.Instance).ToArray();

    public IReadOnlyList<AdminFlag> ChangedFlags() =>
        Flags.Where(flag => before.GetValueOrDefault(flag.Who) != flag.IsAdmin)
            .OrderBy(flag => flag.Who.Kind)
            .ThenBy(flag => flag.Who.Name, CodePointOrder.Instance)
            .ToArray();
}
