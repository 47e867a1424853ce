using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Roles.Reading;

/// <summary>Reads which roles a user holds directly, where each comes from, and until when it is held.</summary>
internal sealed class HeldRoleReader(IHubDatabase database, TimeProvider time)
{
    /// <summary>The roles by name; none if there is no such user.</summary>
    public Task<IReadOnlyList<HeldRole>> OfUserAsync(int userId, CancellationToken cancellationToken)
    {
        var now = time.GetHubTime();
        return database.ReadAsync<IReadOnlyList<HeldRole>>(
            async (db, token) =>
            {
                var rows = await db.UserRoles.Live(now)
                    .Where(row => row.UserId == userId)
                    .OrderBy(row => row.Role!.Name)
                    .Select(row => new
                    {
                        row.Role!.Name,
                        row.ManagedByAuth,
                        Stored = row.Origin!.Origin,
                        row.Origin.Creator,
                        row.Origin.ExpiresAt,
                        RoleEnds = row.Role.Origin!.ExpiresAt,
                    })
                    .ToListAsync(token);
                return [.. rows.Select(row => new HeldRole(
                    row.Name, RoleOrigins.Of(row.Stored, row.ManagedByAuth), row.Creator, LiveRoles.Earlier(row.ExpiresAt, row.RoleEnds)))];
            },
            cancellationToken);
    }
}
