using JupyterHub.Core.Data;
using JupyterHub.Core.Roles;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Authorization;

/// <summary>Reads what the roles of users and services give, expired ones left out.</summary>
internal static class HeldRoles
{
    /// <summary>Of the user's own roles and those of the user's groups.</summary>
    public static async Task<List<HeldScopes>> OfUserAsync(HubDbContext db, int userId, DateTime now, CancellationToken cancellationToken)
    {
        var groups = db.UserGroups.Where(row => row.UserId == userId).Select(row => row.GroupId);
        var own = await db.UserRoles.Where(row => row.UserId == userId).Live(now)
            .Select(row => new HeldScopes(row.Role!.Scopes, row.Role.Origin!.ExpiresAt, row.Origin!.ExpiresAt))
            .ToListAsync(cancellationToken);
        var shared = await db.GroupRoles.Where(row => groups.Contains(row.GroupId)).Live(now)
            .Select(row => new HeldScopes(row.Role!.Scopes, row.Role.Origin!.ExpiresAt, row.Origin!.ExpiresAt))
            .ToListAsync(cancellationToken);
        return [.. own, .. shared];
    }

    public static Task<List<HeldScopes>> OfServiceAsync(HubDbContext db, int serviceId, DateTime now, CancellationToken cancellationToken) =>
        db.ServiceRoles.Where(row => row.ServiceId == serviceId).Live(now)
            .Select(row => new HeldScopes(row.Role!.Scopes, row.Role.Origin!.ExpiresAt, row.Origin!.ExpiresAt))
            .ToListAsync(cancellationToken);
}
