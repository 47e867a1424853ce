using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Caching;
using JupyterHub.Core.Data;
using JupyterHub.Core.Servers;
using JupyterHub.Rbac.Permissions;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.Core.Users;

/// <summary>Reads users for showing: one, or a page of a listing, with as much as the asker may see of them.</summary>
internal sealed class UserReader(IHubDatabase database, UserTotals totals, ServerSupervisor supervisor, PendingActivity activity, TimeProvider time)
{
    // A cache drops what was not asked for lately by halves: this is enough for 16,000 users in use.
    private const int Remembered = 32_768;

    private const UserFields Everything = UserFields.Roles | UserFields.Groups | UserFields.Servers;

    private const int RememberedPages = 64;

    // By the version of the membership: the snapshot itself would live on with each page that nobody asks for any more.
    private readonly KeptReads<(UserQuery Query, PermissionSet Permissions, long Membership), UserPage> pages =
        new(database, RememberedPages, page => !page.Users.Any(user => user.HasExpiringRole));

    private readonly KeptReads<string, UserRecord> users = new(database, Remembered, user => !user.HasExpiringRole);

    /// <summary>The user with all that belongs to it; null if there is none of that name.</summary>
    public Task<UserRecord?> FindAsync(string name, CancellationToken cancellationToken) => users.GetAsync(
        name,
        async (db, token) => (await ReadAsync(db, [name], token)).SingleOrDefault(),
        cancellationToken);

    /// <summary>The users of these names with all that belongs to them, in the order of the names.</summary>
    public async Task<IReadOnlyList<UserRecord>> ListAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var users = await database.ReadAsync((db, token) => ReadAsync(db, [.. names], token), cancellationToken);
        var byName = users.ToDictionary(user => user.Name, StringComparer.Ordinal);
        return [.. names.Where(byName.ContainsKey).Select(name => byName[name])];
    }

    /// <summary>A page of the users that the asker may list, at the cost of five statements at most.</summary>
    public async Task<UserPage> ListAsync(UserQuery query, Authority asker, CancellationToken cancellationToken)
    {
        if (query.Sort == UserSort.LastActivity)
        {
            await activity.FlushAsync(cancellationToken);
        }

        var version = database.ChangeVersion;
        var page = await pages.GetAsync(
            (query, asker.Permissions, asker.Membership.Version),
            async (db, token) => await ReadAsync(db, query, asker, version, token),
            cancellationToken);
        return query.State == UserState.Ready ? page! with { Users = [.. page.Users.Where(HasReadyServer)] } : page!;
    }

    private async Task<UserPage> ReadAsync(HubDbContext db, UserQuery query, Authority asker, long version, CancellationToken cancellationToken)
    {
        var allowed = asker.Permissions.FiltersOf("list:users");
        var matching = UserFilter.Apply(db, query, allowed);
        var rows = await Select(UserFilter.Sort(matching, query).Skip(query.Offset).Take(query.Limit)).ToListAsync(cancellationToken);
        var total = query.CountsAll ? await totals.CountAsync(version, query, allowed, matching, cancellationToken) : 0;
        var visible = rows.ToDictionary(user => user.Id, user => VisibleFields.OfUser(asker.Permissions, user.Name, asker.Membership));
        var wanted = visible.Values.Aggregate(UserFields.None, (fields, one) => fields | one);
        if (query.State == UserState.Ready || asker.Permissions.Holds("read:servers"))
        {
            // A filter may show one server of a user whose servers are not shown otherwise.
            wanted |= UserFields.Servers;
        }

        var users = await UserParts.CompleteAsync(db, [.. rows.Where(user => visible[user.Id] != UserFields.None)], wanted, time.GetHubTime(), cancellationToken);
        return new UserPage(users, total);
    }

    private async Task<IReadOnlyList<UserRecord>> ReadAsync(HubDbContext db, string[] names, CancellationToken cancellationToken)
    {
        var users = db.Users.Where(user => EF.Parameter(names).Contains(user.Name));
        return await UserParts.CompleteAsync(db, await Select(users).ToListAsync(cancellationToken), Everything, time.GetHubTime(), cancellationToken);
    }

    private static IQueryable<UserRecord> Select(IQueryable<HubUser> users) => users.Select(user => new UserRecord(user.Id, user.Name)
    {
        Admin = user.Admin,
        Created = user.Created,
        LastActivity = user.LastActivity,
        UserInfo = user.UserInfo,
        HasAuthState = user.EncryptedAuthState != null,
    });

    private bool HasReadyServer(UserRecord user) => user.Servers.Any(server => supervisor.GetStatus(user.Name, server.Name).IsReady);
}
