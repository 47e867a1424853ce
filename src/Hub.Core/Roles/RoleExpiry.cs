using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Roles;

/// <summary>Removes the rows of what has expired; it gave nothing from its end on.</summary>
internal static class RoleExpiry
{
    public static async Task PurgeAsync(HubDbContext db, DateTime now, CancellationToken cancellationToken)
    {
        await db.UserRoles.Where(row => row.Origin!.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        await db.GroupRoles.Where(row => row.Origin!.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        await db.ServiceRoles.Where(row => row.Origin!.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        await db.Roles.Where(row => row.Origin!.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
    }
}
