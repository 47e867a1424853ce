using JupyterHub.Core.Data;
using JupyterHub.Rbac.Filters;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Services;

/// <summary>Reads services with their roles: one by name, or all that somebody may see.</summary>
internal sealed class ServiceListing(IHubDatabase database)
{
    public Task<HubService?> FindAsync(string name, CancellationToken cancellationToken) =>
        database.ReadAsync((db, token) => WithRoles(db).SingleOrDefaultAsync(service => service.Name == name, token), cancellationToken);

    /// <summary>The services that the filter covers, oldest first. Filters of other kinds cover none.</summary>
    public Task<List<HubService>> ListAsync(ScopeFilters filter, CancellationToken cancellationToken)
    {
        var names = filter.Services.ToList();
        return database.ReadAsync(
            (db, token) => WithRoles(db)
                .Where(service => filter.IsUnrestricted || EF.Parameter(names).Contains(service.Name))
                .OrderBy(service => service.Id)
                .ToListAsync(token),
            cancellationToken);
    }

    private static IQueryable<HubService> WithRoles(HubDbContext db) =>
        db.Services.Include(service => service.Roles).ThenInclude(held => held.Role).AsSplitQuery();
}
