using System.Text.Json.Nodes;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Roles;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Groups;

/// <summary>Creates the groups that the configuration names, adds members and sets properties. It takes nobody out.</summary>
internal sealed class GroupReconciliation(HubDbContext db, RolePlan plan, Declarations declared, StoredRoles stored, ILogger logger)
{
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var names = declared.Groups.Select(group => group.Name).ToArray();
        var rows = await db.Groups.Where(group => names.Contains(group.Name)).ToDictionaryAsync(group => group.Name, StringComparer.Ordinal, cancellationToken);
        var created = names.Concat(plan.CreatedGroups).Where(name => !rows.ContainsKey(name)).Select(name => rows[name] = new HubGroup { Name = name, Properties = [] }).ToArray();
        db.Groups.AddRange(created);
        foreach (var group in declared.Groups.Where(group => group.Properties is not null && !JsonNode.DeepEquals(group.Properties, rows[group.Name].Properties)))
        {
            rows[group.Name].Properties = (JsonObject)group.Properties!.DeepClone();
        }

        await db.SaveChangesAsync(cancellationToken);
        foreach (var group in created)
        {
            stored.Add(ScopeOwner.Group(group.Name), group.Id);
            StartupLog.GroupCreated(logger, LogText.Bound(group.Name));
        }

        await AddMembersAsync(rows, cancellationToken);
    }

    private async Task AddMembersAsync(Dictionary<string, HubGroup> rows, CancellationToken cancellationToken)
    {
        foreach (var group in declared.Groups)
        {
            var groupId = rows[group.Name].Id;
            var members = await db.UserGroups.AsNoTracking().Where(row => row.GroupId == groupId).Select(row => row.UserId).ToHashSetAsync(cancellationToken);
            db.UserGroups.AddRange(group.Users
                .Where(name => !declared.BlockedUsers.Contains(name))
                .Select(name => stored.IdOf(ScopeOwner.User(name)))
                .Where(id => !members.Contains(id))
                .Select(id => new UserGroup { GroupId = groupId, UserId = id }));
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
