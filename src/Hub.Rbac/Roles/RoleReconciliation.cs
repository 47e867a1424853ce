using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Rbac.Roles;

/// <summary>Makes one plan: plays start-up through on a copy and compares.</summary>
internal sealed class RoleReconciliation
{
    private readonly RoleDeclarations declared;
    private readonly RoleState current;
    private readonly IReadOnlyList<RoleDefinition> complete;
    private readonly HashSet<string> managedNames;
    private readonly AssignmentLedger ledger;
    private readonly PrincipalLedger principals;
    private readonly List<string> warnings = [];

    public RoleReconciliation(RoleDeclarations declared, RoleState current, ScopeEngine engine)
    {
        (this.declared, this.current) = (declared, current);
        complete = RoleMerge.Complete([.. declared.Roles, .. declared.ManagedRoles ?? []], declared.ExtraUserScopes, engine);
        managedNames = (declared.ManagedRoles ?? []).Select(role => role.Name).ToHashSet(StringComparer.Ordinal);
        ledger = new(current.Assignments);
        principals = new(current);
    }

    public RolePlan Plan()
    {
        CheckWhoAssigns();
        WarnAboutUserRole();
        var deleted = DeletedRoles();
        foreach (var role in deleted)
        {
            ledger.Forget(role.Name);
        }

        AssignDefaultsAfterUpgrade();
        AddDeclaredUsers();
        Assign();
        SyncAdminFlags();
        return Compare(deleted);
    }

    private void CheckWhoAssigns()
    {
        if (declared.ManagedRoles is not null
            && declared.Roles.FirstOrDefault(role => role.Users is { Count: > 0 } || role.Groups is { Count: > 0 }) is { } offending)
        {
            throw new RoleException(offending.Name, "assigns users or groups, but the authenticator manages roles; leave its users and groups out.");
        }
    }

    private void WarnAboutUserRole()
    {
        if (declared.Roles.FirstOrDefault(role => role.Name == BuiltInRoles.UserName)?.Scopes is not { } scopes)
        {
            return;
        }

        if (declared.ExtraUserScopes.Count > 0)
        {
            warnings.Add("The role 'user' has declared scopes, so the extra user scopes are ignored.");
        }

        if (!scopes.Contains("self"))
        {
            warnings.Add("The role 'user' is declared without the scope 'self', so users may not use their own servers.");
        }
    }

    private List<StoredRole> DeletedRoles()
    {
        var unmanaged = complete.Select(role => role.Name).Where(name => !managedNames.Contains(name)).ToHashSet(StringComparer.Ordinal);
        return current.Roles
            .Where(role => role.IsManaged ? declared.ResetManagedRoles && !managedNames.Contains(role.Name) : !unmanaged.Contains(role.Name))
            .ToList();
    }

    // A database without any role comes from before there were roles. Declared lists come later and win.
    private void AssignDefaultsAfterUpgrade()
    {
        foreach (var who in current.Roles.Count == 0 ? principals.StoredUsers : [])
        {
            ledger.Grant(who, BuiltInRoles.UserName);
        }
    }

    private void AddDeclaredUsers()
    {
        foreach (var name in declared.AdminUsers)
        {
            AddUser(name);
            principals.SetAdmin(ScopeOwner.User(name), true);
        }

        // All before any list of members is applied: an exact list of the role user holds for those who are new, too.
        foreach (var name in declared.AllowedUsers.Concat(declared.NamedUsers).Concat(complete.SelectMany(role => role.Users ?? [])))
        {
            AddUser(name);
        }
    }

    private void AddUser(string name)
    {
        if (principals.AddUser(name))
        {
            ledger.Grant(ScopeOwner.User(name), BuiltInRoles.UserName);
        }
    }

    private void Assign()
    {
        var stale = declared.ResetManagedRoles ? ledger.StoredManaged.ToHashSet() : [];
        foreach (var role in declared.Roles)
        {
            AssignRole(role, managed: false, stale);
        }

        foreach (var role in declared.ManagedRoles ?? [])
        {
            AssignRole(role, managed: true, stale);
        }

        foreach (var (holder, role) in stale)
        {
            ledger.Strip(holder, role);
        }

        foreach (var name in declared.AllowedUsers)
        {
            ledger.Grant(ScopeOwner.User(name), BuiltInRoles.UserName);
        }
    }

    private void AssignRole(RoleDefinition role, bool managed, HashSet<(ScopeOwner Holder, string Role)> stale)
    {
        foreach (var kind in (ResourceKind[])[ResourceKind.User, ResourceKind.Service, ResourceKind.Group])
        {
            var names = Members(role, kind);
            if (names is null && kind == ResourceKind.User && (managed || role.Name == BuiltInRoles.UserName))
            {
                if (managed)
                {
                    stale.RemoveWhere(entry => entry.Role == role.Name && entry.Holder.Kind == kind);
                }

                continue;
            }

            var holders = (names ?? []).Select(name => Existing(kind, name, role)).ToHashSet();
            ledger.Set(role.Name, kind, holders, managed);
            stale.RemoveWhere(entry => entry.Role == role.Name && holders.Contains(entry.Holder));
            foreach (var holder in role.Name == BuiltInRoles.AdminName && kind != ResourceKind.Group ? holders : [])
            {
                principals.SetAdmin(holder, true);
            }
        }
    }

    private IReadOnlyList<string>? Members(RoleDefinition role, ResourceKind kind) => kind switch
    {
        ResourceKind.User when role.Name == BuiltInRoles.AdminName && declared.AdminUsers.Count > 0 => [.. role.Users ?? [], .. declared.AdminUsers],
        ResourceKind.User => role.Users,
        ResourceKind.Service => role.Services,
        _ => role.Groups,
    };

    private ScopeOwner Existing(ResourceKind kind, string name, RoleDefinition role)
    {
        switch (kind)
        {
            case ResourceKind.User:
                return ScopeOwner.User(name);
            case ResourceKind.Group:
                principals.AddGroup(name);
                return ScopeOwner.Group(name);
            default:
                return principals.Exists(ScopeOwner.Service(name))
                    ? ScopeOwner.Service(name)
                    : throw new RoleException(role.Name, $"names the service '{ScopeError.Quote(name)}', which is not defined; define it among the services first.");
        }
    }

    // An explicit list of administrators wins; otherwise flag and role only ever add to each other.
    private void SyncAdminFlags()
    {
        var declaration = declared.Roles.Concat(declared.ManagedRoles ?? []).FirstOrDefault(role => role.Name == BuiltInRoles.AdminName);
        foreach (var (who, isAdmin) in principals.Flags)
        {
            var holds = ledger.IsHeld(who, BuiltInRoles.AdminName);
            if (holds && !isAdmin)
            {
                principals.SetAdmin(who, true);
            }
            else if (!holds && isAdmin && declaration is not null && Members(declaration, who.Kind) is not null)
            {
                principals.SetAdmin(who, false);
            }
            else if (!holds && isAdmin)
            {
                ledger.Grant(who, BuiltInRoles.AdminName);
            }
        }
    }

    private RolePlan Compare(List<StoredRole> deleted)
    {
        var kept = current.Roles.Except(deleted).ToDictionary(role => role.Name, StringComparer.Ordinal);
        var wanted = complete.Select(role => new StoredRole(role.Name, role.Description, role.Scopes ?? [], managedNames.Contains(role.Name))).ToArray();
        var updated = wanted
            .Where(role => kept.TryGetValue(role.Name, out var before) && (before.Description != role.Description || !before.Scopes.SequenceEqual(role.Scopes, StringComparer.Ordinal)))
            .Select(role => new RoleUpdate(kept[role.Name], role with { IsManaged = kept[role.Name].IsManaged }))
            .ToArray();
        warnings.AddRange(updated.Where(update => update.GainedScopes.Count > 0).Select(update => $"The role '{update.After.Name}' gains scopes."));
        warnings.AddRange(wanted.Where(role => role.Scopes.Count == 0).Select(role => $"The role '{role.Name}' has no scopes."));
        return new()
        {
            DeletedRoles = deleted,
            CreatedRoles = wanted.Where(role => !kept.ContainsKey(role.Name)).ToArray(),
            UpdatedRoles = updated,
            CreatedUsers = principals.CreatedUsers(),
            CreatedGroups = principals.CreatedGroups(),
            Stripped = ledger.Stripped(),
            Granted = ledger.Granted(),
            MarkedManaged = ledger.MarkedManaged(),
            AdminFlags = principals.ChangedFlags(),
            Warnings = warnings,
        };
    }
}
