using JupyterHub.Core.Data;
using JupyterHub.Rbac.Filters;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Users;

/// <summary>Turns what is asked for, and what the asker may list, into SQL.</summary>
internal static class UserFilter
{
    public static IQueryable<HubUser> Apply(HubDbContext db, UserQuery query, ScopeFilters allowed)
    {
        var users = Visible(db, db.Users, allowed);
        users = query.State switch
        {
            UserState.Active or UserState.Ready => users.Where(user => db.Spawners.Where(row => row.ServerId != null).Select(row => row.UserId).Contains(user.Id)),
            UserState.Inactive => users.Where(user => !db.Spawners.Any(row => row.UserId == user.Id && row.ServerId != null)),
            _ => users,
        };
        if (query.NameFilter is not { Length: > 0 } part)
        {
            return users;
        }

        // SQLite's LIKE does not heed the case of ASCII letters, and names that this hub makes are in lower case: asking for the
        // lower case of each name would only make it four times slower.
        var pattern = $"%{part.ToLowerInvariant()}%";
        return users.Where(user => EF.Functions.Like(user.Name, pattern));
    }

    public static IQueryable<HubUser> Sort(IQueryable<HubUser> users, UserQuery query) => (query.Sort, query.IsDescending) switch
    {
        (UserSort.Id, false) => users.OrderBy(user => user.Id),
        (UserSort.Id, true) => users.OrderByDescending(user => user.Id),
        (UserSort.Name, false) => users.OrderBy(user => user.Name),
        (UserSort.Name, true) => users.OrderByDescending(user => user.Name),

        // Databases disagree about where nulls belong, so it is said. An index has this order.
        (_, false) => users.OrderBy(user => user.LastActivity != null).ThenBy(user => user.LastActivity).ThenBy(user => user.Name),
        (_, true) => users.OrderByDescending(user => user.LastActivity != null).ThenByDescending(user => user.LastActivity).ThenByDescending(user => user.Name),
    };

    /// <summary>Those of the users whom the filters cover.</summary>
    public static IQueryable<HubUser> Visible(HubDbContext db, IQueryable<HubUser> users, ScopeFilters allowed)
    {
        if (allowed.IsUnrestricted)
        {
            return users;
        }

        var names = allowed.Users.ToArray();
        var groups = allowed.Groups.ToArray();
        if (groups.Length == 0)
        {
            return users.Where(user => EF.Parameter(names).Contains(user.Name));
        }

        var members = db.UserGroups.Where(row => EF.Parameter(groups).Contains(row.Group!.Name)).Select(row => row.UserId);
        return names.Length == 0
            ? users.Where(user => members.Contains(user.Id))
            : users.Where(user => EF.Parameter(names).Contains(user.Name) || members.Contains(user.Id));
    }
}
