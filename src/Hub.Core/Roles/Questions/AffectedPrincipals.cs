using JupyterHub.Core.Data;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Rbac.Filters;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Roles.Questions;

/// <summary>Finds whom a change of a role concerns: its holders, and the members of groups that hold it.</summary>
internal sealed class AffectedPrincipals(HubDbContext db, RoleChangePlan plan, RoleVisibility visible)
{
    /// <summary>Most principals that are looked at.</summary>
    public const int Most = 200;

    /// <summary>Those that may be named, by name, and whether that is everybody.</summary>
    public async Task<(IReadOnlyList<ScopeOwner> Principals, bool IsComplete)> FindAsync(CancellationToken cancellationToken)
    {
        var holders = (plan.Before?.Holders ?? []).Concat(plan.After?.Holders ?? []).Select(holding => holding.Holder)
            .Where(holder => !plan.Named.TryGetValue(holder, out var id) || id is not null).Distinct().ToList();
        var groups = holders.Where(holder => holder.Kind == ResourceKind.Group).Select(holder => holder.Name).ToList();
        var members = await db.UserGroups.Where(row => groups.Contains(row.Group!.Name))
            .Select(row => new { User = row.User!.Name, Group = row.Group!.Name })
            .Take(RolePlanner.MostHolders).ToListAsync(cancellationToken);
        var all = holders.Where(holder => holder.Kind != ResourceKind.Group).Select(holder => (Who: holder, Group: (string?)null))
            .Concat(members.Select(member => (Who: ScopeOwner.User(member.User), Group: (string?)member.Group)))
            .ToList();
        var shown = all.Where(entry => MayShow(entry.Who, entry.Group)).Select(entry => entry.Who).Distinct()
            .OrderBy(who => who.Kind).ThenBy(who => who.Name, StringComparer.Ordinal)
            .ToList();
        var isComplete = !plan.HasUncountedHolders && members.Count < RolePlanner.MostHolders && shown.Count <= Most
            && shown.Count == all.Select(entry => entry.Who).Distinct().Count();
        return ([.. shown.Take(Most)], isComplete);
    }

    private bool MayShow(ScopeOwner who, string? group) =>
        visible.CanReadRolesOf(who) && (group is null || (visible.CanName(ScopeOwner.Group(group)) && visible.CanTellMembership(who.Name, group)));
}
