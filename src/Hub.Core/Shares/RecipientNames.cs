using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Filters;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Shares;

/// <summary>Finds names of users and groups that somebody could share with: only those that they may read.</summary>
internal sealed class RecipientNames(IHubDatabase database)
{
    /// <summary>True if there can be anybody that the asker may share with by name.</summary>
    public static bool MayName(Requester asker, bool isGroup)
    {
        var filter = FilterOf(asker.Authority, isGroup);
        return filter.IsUnrestricted || filter.Groups.Count > 0 || (!isGroup && filter.Users.Any(name => name != asker.Name));
    }

    /// <summary>The first names, in order.</summary>
    /// <param name="asker">Who wants to share.</param>
    /// <param name="isGroup">Groups, or users.</param>
    /// <param name="part">What must be in the name; empty for any.</param>
    /// <param name="limit">Most names to give.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public Task<List<string>> FindAsync(Requester asker, bool isGroup, string part, int limit, CancellationToken cancellationToken)
    {
        var filter = FilterOf(asker.Authority, isGroup);
        if (filter.IsNone)
        {
            return Task.FromResult<List<string>>([]);
        }

        var named = filter.Groups.ToArray();
        var pattern = LikePattern.Holding(part);
        return database.ReadAsync(
            (db, token) =>
            {
                var names = isGroup
                    ? db.Groups.Where(group => filter.IsUnrestricted || EF.Parameter(named).Contains(group.Name)).Select(group => group.Name)
                    : UserFilter.Visible(db, db.Users, filter).Where(user => user.Name != asker.Name).Select(user => user.Name);
                var matching = part.Length == 0 ? names : names.Where(name => EF.Functions.Like(name, pattern, LikePattern.Escape));
                return matching.OrderBy(name => name).Take(limit).ToListAsync(token);
            },
            cancellationToken);
    }

    private static ScopeFilters FilterOf(Authority asker, bool isGroup) => asker.Permissions.FiltersOf(isGroup ? "read:groups:name" : "read:users:name");
}
