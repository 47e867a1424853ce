using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Users;

/// <summary>Takes from users whom the settings block everything that tokens issued before could use.</summary>
internal static class BlockedUsers
{
    public static async Task StripAsync(HubDbContext db, IReadOnlySet<string> names, ILogger logger, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
        {
            return;
        }

        var blocked = names.ToArray();
        var users = await db.Users
            .Where(user => blocked.Contains(user.Name) && (user.Admin || user.Roles.Count > 0 || user.Groups.Count > 0))
            .ToListAsync(cancellationToken);
        foreach (var user in users)
        {
            StartupLog.UserBlocked(logger, LogText.Bound(user.Name));
            user.Admin = false;
            await db.UserRoles.Where(row => row.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
            await db.UserGroups.Where(row => row.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
