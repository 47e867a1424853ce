using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Roles.Changes;

/// <summary>The one rule for changes of roles: whoever makes one can write every holder, and holds whatever the role gives, before and after.</summary>
internal sealed class RoleChangeCheck(ScopeEngine engine, RoleChangePlan plan, Grantor grantor)
{
    private static readonly ResourceKind[] Kinds = [ResourceKind.User, ResourceKind.Group, ResourceKind.Service];

    /// <summary>Whom the credential would have to be able to write and is not; null stands for everybody of that kind.</summary>
    public IReadOnlyList<(ResourceKind Kind, ScopeOwner? Holder)> Unwritable() => plan.HasUncountedHolders
        ? [.. Kinds.Where(kind => !grantor.Now.Allows(WriteScope(kind))).Select(kind => (kind, (ScopeOwner?)null))]
        : [.. Everybody().Where(holder => !CanWrite(holder)).Select(holder => (holder.Kind, (ScopeOwner?)holder))];

    /// <summary>What the role gives and the credential does not hold, or not for as long.</summary>
    public PermissionSet Beyond()
    {
        var missing = PermissionSet.Empty;
        foreach (var (scopes, holder, held) in Given())
        {
            missing = engine.Union(missing, RoleCeiling.Beyond(engine, RoleCeiling.Of(engine, scopes, holder), held, grantor.Membership));
        }

        return missing;
    }

    /// <summary>The scope that allows to write entities of a kind.</summary>
    public static string WriteScope(ResourceKind kind) => kind switch
    {
        ResourceKind.User => "admin:users",
        ResourceKind.Group => "admin:groups",
        _ => "admin:services",
    };

    private bool CanWrite(ScopeOwner holder) => grantor.Now.Allows(WriteScope(holder.Kind), RoleVisibility.AsResource(holder), grantor.Membership);

    private HashSet<ScopeOwner> Everybody() =>
        [.. plan.Named.Keys, .. (plan.Before?.Holders ?? []).Concat(plan.After?.Holders ?? []).Select(holding => holding.Holder)];

    /// <summary>Everything that the role gives to somebody, with what the credential has to hold against it.</summary>
    private IEnumerable<(IReadOnlyList<string> Scopes, ScopeOwner? Holder, PermissionSet Held)> Given()
    {
        if (plan.HasUncountedHolders || Everybody().Count == 0)
        {
            // Whom it reaches, or will reach, is not known: it counts as given to everybody.
            yield return (plan.Before?.Scopes ?? [], null, grantor.Now);
            yield return (plan.After?.Scopes ?? [], null, grantor.Until(plan.After?.ExpiresAt));
            yield break;
        }

        var before = (plan.Before?.Holders ?? []).ToDictionary(holding => holding.Holder);
        foreach (var holder in before.Keys)
        {
            yield return (plan.Before!.Scopes, holder, grantor.Now);
        }

        foreach (var holding in plan.After?.Holders ?? [])
        {
            yield return (plan.After!.Scopes, holding.Holder, grantor.Now);
            var end = LiveRoles.Earlier(plan.After.ExpiresAt, holding.ExpiresAt);
            yield return (New(end, before.GetValueOrDefault(holding.Holder)), holding.Holder, grantor.Until(end));
        }
    }

    /// <summary>The scopes that a holder did not have by this role before, or not for as long.</summary>
    private IReadOnlyList<string> New(DateTime? end, RoleHolding? before)
    {
        var scopes = plan.After!.Scopes;
        if (before is null)
        {
            return scopes;
        }

        var lasted = LiveRoles.Earlier(plan.Before!.ExpiresAt, before.ExpiresAt);
        var isProlonged = lasted is { } last && (end is not { } now || now > last);
        return isProlonged ? scopes : [.. scopes.Except(plan.Before.Scopes, StringComparer.Ordinal)];
    }
}
