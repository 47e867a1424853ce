using JupyterHub.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Roles.Reading;

/// <summary>Finds roles by a part of their names or descriptions, with the numbers of their holders.</summary>
internal sealed class RoleSearch(IHubDatabase database, TimeProvider time)
{
    /// <summary>A part of the roles that the reader may know of, by name, and how many those are.</summary>
    public Task<(int Total, IReadOnlyList<RoleSummary> Items)> FindAsync(RoleVisibility visible, string part, int offset, int limit, CancellationToken cancellationToken)
    {
        var now = time.GetHubTime();
        return database.ReadAsync(
            async (db, token) =>
            {
                var roles = Matching(RoleReader.Known(db, visible, now), part, visible);
                var total = await roles.CountAsync(token);
                var page = await roles.Include(role => role.Origin).OrderBy(role => role.Name).Skip(offset).Take(limit).ToListAsync(token);
                var readable = await RoleReader.ReadableAsync(db, page, visible, now, token);
                return (total, await WithHoldersAsync(db, [.. page.Select(role => RoleReader.Details(role, readable.Contains(role.Id)))], visible, now, token));
            },
            cancellationToken);
    }

    /// <summary>Descriptions are searched only where all of them may be read.</summary>
    private static IQueryable<HubRole> Matching(IQueryable<HubRole> roles, string part, RoleVisibility visible)
    {
        var pattern = LikePattern.Holding(part);
        return part.Length == 0
            ? roles
            : visible.IsUnrestricted
                ? roles.Where(role => EF.Functions.Like(role.Name, pattern, LikePattern.Escape) || EF.Functions.Like(role.Description!, pattern, LikePattern.Escape))
                : roles.Where(role => EF.Functions.Like(role.Name, pattern, LikePattern.Escape));
    }

    private static async Task<IReadOnlyList<RoleSummary>> WithHoldersAsync(
        HubDbContext db, List<RoleDetails> roles, RoleVisibility visible, DateTime now, CancellationToken cancellationToken)
    {
        var ids = roles.ConvertAll(role => role.Id);
        var users = await RoleQueries.ByUsers(db, visible.Names.Users, now).Where(row => ids.Contains(row.RoleId))
            .GroupBy(row => row.RoleId).Select(rows => new { rows.Key, Count = rows.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        var groups = await RoleQueries.ByGroups(db, visible.Names.Groups, now).Where(row => ids.Contains(row.RoleId))
            .GroupBy(row => row.RoleId).Select(rows => new { rows.Key, Count = rows.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        var services = await RoleQueries.ByServices(db, visible.Names.Services, now).Where(row => ids.Contains(row.RoleId))
            .GroupBy(row => row.RoleId).Select(rows => new { rows.Key, Count = rows.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        return [.. roles.Select(role => new RoleSummary(role, users.GetValueOrDefault(role.Id), groups.GetValueOrDefault(role.Id), services.GetValueOrDefault(role.Id)))];
    }
}
