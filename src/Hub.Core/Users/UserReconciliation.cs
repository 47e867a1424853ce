using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Hosting;
using JupyterHub.Core.Roles;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Roles;
using JupyterHub.Rbac.Scopes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Users;

/// <summary>Creates the users whom the configuration names, in its order, and sets admin flags.</summary>
internal sealed class UserReconciliation(HubDbContext db, RolePlan plan, Declarations declared, StoredRoles stored, TimeProvider time, ILogger logger)
{
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var flags = plan.AdminFlags
            .Where(flag => flag.Who.Kind == ResourceKind.User && !declared.BlockedUsers.Contains(flag.Who.Name))
            .ToDictionary(flag => flag.Who.Name, flag => flag.IsAdmin, StringComparer.Ordinal);
        await CreateAsync(flags, cancellationToken);
        var flagged = flags.Keys.ToArray();
        foreach (var user in await db.Users.Where(user => flagged.Contains(user.Name)).ToListAsync(cancellationToken))
        {
            if (user.Admin != flags[user.Name])
            {
                user.Admin = flags[user.Name];
                StartupLog.AdminChanged(logger, LogText.Bound(user.Name), user.Admin);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task CreateAsync(Dictionary<string, bool> flags, CancellationToken cancellationToken)
    {
        var missing = plan.CreatedUsers.ToHashSet(StringComparer.Ordinal);
        var created = declared.UsersInOrder.Where(missing.Contains).Select(name => Create(name, flags.GetValueOrDefault(name))).ToArray();
        db.Users.AddRange(created);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var user in created)
        {
            stored.Add(ScopeOwner.User(user.Name), user.Id);
            StartupLog.UserCreated(logger, LogText.Bound(user.Name));
        }
    }

    private HubUser Create(string name, bool isAdmin) => new()
    {
        Name = name,
        Admin = isAdmin,
        CookieId = HubUser.NewCookieId(),
        Created = time.GetHubTime(),
    };
}
