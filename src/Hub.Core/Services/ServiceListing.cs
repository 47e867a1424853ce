using JupyterHub.Core.Data;
using JupyterHub.Core.Roles;
using JupyterHub.Rbac.Filters;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Services;

/// <summary>Reads services with their roles: one by name, or all that somebody may see.</summary>
internal sealed class ServiceListing(IHubDatabase database, TimeProvider time)
{
    public Task<HubService?> FindAsync(string name, CancellationToken cancellationToken) =>
        database.ReadAsync((db, token) => WithRoles(db, time.GetHubTime()).SingleOrDefaultAsync(service => service.Name == name, token), cancellationToken);

    /// <summary>The services that the filter covers, oldest first. Filters of other kinds cover none.</summary>
    public Task<List<HubService>> ListAsync(ScopeFilters filter, CancellationToken cancellationToken)
    {
        var names = filter.Services.ToList();
        return database.ReadAsync(
            (db, token) => WithRoles(db, time.GetHubTime())
                .Where(service => filter.IsUnrestricted || EF.Parameter(names).Contains(service.Name))
                .OrderBy(service => service.Id)
                .ToListAsync(token),
            cancellationToken);
    }

    /// <summary>When tokens of each service were used last, by the service's id; services whose tokens were never used are left out.</summary>
    public Task<Dictionary<int, DateTime>> LastSeenAsync(CancellationToken cancellationToken) => database.ReadAsync(
        (db, token) => db.Tokens
            .Where(row => row.ServiceId != null && row.LastActivity != null)
            .GroupBy(row => row.ServiceId!.Value)
            .Select(rows => new { rows.Key, Last = rows.Max(row => row.LastActivity!.Value) })
            .ToDictionaryAsync(row => row.Key, row => row.Last, token),
        cancellationToken);

    /// <summary>With the roles that hold: one that has expired is dead, even where its row is still there.</summary>
    private static IQueryable<HubService> WithRoles(HubDbContext db, DateTime now)
    {
        var isLive = LiveRoles.IsLive(now);
        return db.Services
            .Include(service => service.Roles.AsQueryable().Where(isLive))
            .ThenInclude(held => held.Role)
            .AsSplitQuery();
    }
}
