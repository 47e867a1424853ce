using JupyterHub.Core.Data;
using JupyterHub.Rbac.Filters;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Groups;

/// <summary>Reads groups: one by name, or a part of those that somebody may see.</summary>
internal sealed class GroupListing(IHubDatabase database, TimeProvider time)
{
    public Task<GroupDetails?> FindAsync(string name, CancellationToken cancellationToken) =>
        database.ReadAsync((db, token) => GroupQueries.FindAsync(db, name, time.GetHubTime(), token), cancellationToken);

    /// <summary>A part of the groups that the filter covers, oldest first, and how many groups there are.</summary>
    /// <remarks>Clients of the original are told the number of all groups, also where they see only some (contract 1.9).</remarks>
    public Task<(IReadOnlyList<GroupDetails> Groups, int Total)> PageAsync(ScopeFilters filter, int offset, int limit, CancellationToken cancellationToken)
    {
        var names = filter.Groups.ToList();
        return database.ReadAsync(
            async (db, token) =>
            {
                var visible = filter.IsUnrestricted ? db.Groups : db.Groups.Where(group => EF.Parameter(names).Contains(group.Name));
                var groups = await GroupQueries.LoadAsync(db, visible.OrderBy(group => group.Id).Skip(offset).Take(limit), time.GetHubTime(), token);
                return (groups, await db.Groups.CountAsync(token));
            },
            cancellationToken);
    }
}
