using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Roles.Reading;

/// <summary>Reads roles and who holds them. What the reader may not know is left out in the database already.</summary>
internal sealed class RoleReader(IHubDatabase database, TimeProvider time)
{
    /// <summary>A part of all roles that the reader may know of, by name, and how many there are.</summary>
    public Task<(int Total, IReadOnlyList<RoleDetails> Items)> ListAsync(RoleVisibility visible, int offset, int limit, CancellationToken cancellationToken)
    {
        var now = time.GetHubTime();
        return database.ReadAsync(
            async (db, token) =>
            {
                var roles = Known(db, visible, now);
                var total = await roles.CountAsync(token);
                var page = await roles.Include(role => role.Origin).OrderBy(role => role.Name).Skip(offset).Take(limit).ToListAsync(token);
                var readable = await ReadableAsync(db, page, visible, now, token);
                return (total, (IReadOnlyList<RoleDetails>)[.. page.Select(role => Details(role, readable.Contains(role.Id)))]);
            },
            cancellationToken);
    }

    /// <summary>One role with a part of its holders of each kind; null if there is none that the reader may know of.</summary>
    public Task<RoleWithHolders?> FindAsync(string name, RoleVisibility visible, int offset, int limit, CancellationToken cancellationToken)
    {
        var now = time.GetHubTime();
        return database.ReadAsync(
            async (db, token) =>
            {
                var role = await Known(db, visible, now).Include(row => row.Origin).SingleOrDefaultAsync(row => row.Name == name, token);
                if (role is null)
                {
                    return null;
                }

                var readable = await ReadableAsync(db, [role], visible, now, token);
                var users = RoleQueries.ByUsers(db, visible.Names.Users, now).Where(row => row.RoleId == role.Id)
                    .Join(db.Users, row => row.UserId, user => user.Id, (row, user) => new Row { Name = user.Name, IsManaged = row.ManagedByAuth, Origin = row.Origin!.Origin, Creator = row.Origin.Creator, CreatedAt = row.Origin.CreatedAt, ExpiresAt = row.Origin.ExpiresAt });
                var groups = RoleQueries.ByGroups(db, visible.Names.Groups, now).Where(row => row.RoleId == role.Id)
                    .Join(db.Groups, row => row.GroupId, group => group.Id, (row, group) => new Row { Name = group.Name, IsManaged = row.ManagedByAuth, Origin = row.Origin!.Origin, Creator = row.Origin.Creator, CreatedAt = row.Origin.CreatedAt, ExpiresAt = row.Origin.ExpiresAt });
                var services = RoleQueries.ByServices(db, visible.Names.Services, now).Where(row => row.RoleId == role.Id)
                    .Join(db.Services, row => row.ServiceId, service => service.Id, (row, service) => new Row { Name = service.Name, IsManaged = row.ManagedByAuth, Origin = row.Origin!.Origin, Creator = row.Origin.Creator, CreatedAt = row.Origin.CreatedAt, ExpiresAt = row.Origin.ExpiresAt });
                return new RoleWithHolders(
                    Details(role, readable.Contains(role.Id)),
                    await PageAsync(users, offset, limit, token),
                    await PageAsync(groups, offset, limit, token),
                    await PageAsync(services, offset, limit, token));
            },
            cancellationToken);
    }

    internal static IQueryable<HubRole> Known(HubDbContext db, RoleVisibility visible, DateTime now)
    {
        var roles = db.Roles.Live(now);
        return visible.IsUnrestricted ? roles : roles.HeldWithin(db, visible.Names, now);
    }

    internal static async Task<HashSet<int>> ReadableAsync(HubDbContext db, List<HubRole> roles, RoleVisibility visible, DateTime now, CancellationToken cancellationToken)
    {
        var ids = roles.ConvertAll(role => role.Id);
        return visible.IsUnrestricted
            ? [.. ids]
            : [.. await db.Roles.Where(role => ids.Contains(role.Id)).HeldWithin(db, visible.Definitions, now).Select(role => role.Id).ToListAsync(cancellationToken)];
    }

    internal static RoleDetails Details(HubRole role, bool isReadable)
    {
        var origin = RoleOrigins.Of(role.Origin?.Origin, role.ManagedByAuth);
        return !isReadable
            ? new RoleDetails(role.Id, role.Name, origin)
            : new RoleDetails(role.Id, role.Name, origin)
            {
                Description = role.Description,
                Scopes = role.Scopes,
                Creator = role.Origin?.Creator,
                CreatedAt = role.Origin?.CreatedAt,
                ExpiresAt = role.Origin?.ExpiresAt,
                IsReadable = true,
            };
    }

    private static async Task<RoleHolderPage> PageAsync(IQueryable<Row> rows, int offset, int limit, CancellationToken cancellationToken)
    {
        var total = await rows.CountAsync(cancellationToken);
        var items = offset >= total ? [] : await rows.OrderBy(row => row.Name).Skip(offset).Take(limit).ToListAsync(cancellationToken);
        return new RoleHolderPage(
            total,
            [.. items.Select(row => new RoleHolderDetails(row.Name, RoleOrigins.Of(row.Origin, row.IsManaged), row.Creator, row.CreatedAt, row.ExpiresAt))]);
    }

    private sealed class Row
    {
        public required string Name { get; init; }

        public bool IsManaged { get; init; }

        public string? Origin { get; init; }

        public string? Creator { get; init; }

        public DateTime? CreatedAt { get; init; }

        public DateTime? ExpiresAt { get; init; }
    }
}
