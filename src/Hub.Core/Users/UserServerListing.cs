using JupyterHub.Core.Authorization;
using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Users;

/// <summary>Finds the running servers of the users that a listing holds.</summary>
internal sealed class UserServerListing(IHubDatabase database)
{
    /// <summary>Those of them that the asker may stop. The page of the query does not count: it is about all its users.</summary>
    public async Task<IReadOnlyList<ServerKey>> RunningAsync(UserQuery query, Authority asker, CancellationToken cancellationToken)
    {
        var allowed = asker.Permissions.FiltersOf("list:users");
        var rows = await database.ReadAsync(
            async (db, token) => await UserFilter.Apply(db, query, allowed)
                .Join(db.Spawners.Where(row => row.ServerId != null), user => user.Id, row => row.UserId, (user, row) => new { User = user.Name, row.Name })
                .OrderBy(row => row.User).ThenBy(row => row.Name)
                .ToListAsync(token),
            cancellationToken);
        return
        [
            .. rows.Where(row => asker.Allows("delete:servers", Resource.Server(row.User, row.Name))).Select(row => new ServerKey(row.User, row.Name)),
        ];
    }
}
