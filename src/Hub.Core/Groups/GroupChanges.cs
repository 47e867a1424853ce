using System.Text.Json.Nodes;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Data;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Core.Groups;

/// <summary>Makes, changes and deletes groups. Each operation is one transaction: all of it happens or nothing.</summary>
internal sealed class GroupChanges(IHubDatabase database, UserNames names, TimeProvider time, HubEvents events, ILogger<GroupChanges> logger)
{
    /// <summary>Makes groups that all begin with the same members.</summary>
    public async Task<GroupChange> CreateAsync(IReadOnlyList<string> groupNames, IReadOnlyList<string> userNames, CancellationToken cancellationToken)
    {
        var change = await database.WriteAsync((db, token) => CreateAsync(db, groupNames, Canonical(userNames), token), cancellationToken);
        foreach (var group in change.Groups)
        {
            Log.Created(logger, LogText.Bound(group.Name), group.Users.Count);
            events.Add(HubEventKind.GroupCreated, group.Name);
        }

        return change;
    }

    /// <summary>Deletes a group with its memberships, roles and shares; false if there is none.</summary>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var isDeleted = await database.WriteAsync(
            async (db, token) => await db.Groups.Where(group => group.Name == name).ExecuteDeleteAsync(token) > 0, cancellationToken);
        if (isDeleted)
        {
            Log.Deleted(logger, LogText.Bound(name));
            events.Add(HubEventKind.GroupDeleted, name);
        }

        return isDeleted;
    }

    /// <summary>Puts users into a group; those that are in it already stay.</summary>
    public Task<GroupChange> AddMembersAsync(string name, IReadOnlyList<string> userNames, CancellationToken cancellationToken) =>
        ChangeMembersAsync(name, userNames, AddAsync, Log.MembersAdded, cancellationToken);

    /// <summary>Puts those of the users into a group that exist, and tells of each name what became of it; null if there is no such group.</summary>
    public async Task<IReadOnlyList<MemberAddition>?> AddKnownMembersAsync(string name, IReadOnlyList<string> userNames, CancellationToken cancellationToken)
    {
        var wanted = Canonical(userNames);
        var results = await database.WriteAsync((db, token) => AddKnownAsync(db, name, wanted, token), cancellationToken);
        if (results?.Count(result => result.Outcome == MemberAdditionOutcome.Added) is > 0 and var added)
        {
            Log.MembersAdded(logger, LogText.Bound(name), added);
            events.Add(HubEventKind.GroupChanged, name);
        }

        return results;
    }

    /// <summary>Takes users out of a group; those that are not in it do not matter.</summary>
    public Task<GroupChange> RemoveMembersAsync(string name, IReadOnlyList<string> userNames, CancellationToken cancellationToken) =>
        ChangeMembersAsync(name, userNames, RemoveAsync, Log.MembersRemoved, cancellationToken);

    /// <summary>Puts other properties in place of those that the group has.</summary>
    /// <param name="name">The group.</param>
    /// <param name="properties">All that it is to have.</param>
    /// <param name="expected">The version of the properties that are to be replaced; another one stays. Null to replace whatever is there.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    public Task<GroupChange> ReplacePropertiesAsync(string name, JsonObject properties, string? expected, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, token) =>
            {
                if (await db.Groups.SingleOrDefaultAsync(group => group.Name == name, token) is not { } group)
                {
                    return GroupChange.Refused(GroupOutcome.UnknownGroup, name);
                }

                if (expected is not null && expected != PropertiesVersion.Of(group.Properties))
                {
                    return GroupChange.Refused(GroupOutcome.Changed, name);
                }

                group.Properties = properties;
                return await DoneAsync(db, [name], token);
            },
            cancellationToken);

    private async Task<GroupChange> CreateAsync(
        HubDbContext db, IReadOnlyList<string> groupNames, IReadOnlyList<string> userNames, CancellationToken cancellationToken)
    {
        var taken = await db.Groups.Where(group => EF.Parameter(groupNames).Contains(group.Name)).Select(group => group.Name).ToListAsync(cancellationToken);
        if (taken.Count > 0)
        {
            return GroupChange.Refused(GroupOutcome.Exists, groupNames.First(taken.Contains));
        }

        var (users, unknown) = await FindUsersAsync(db, userNames, cancellationToken);
        if (unknown is not null)
        {
            return GroupChange.Refused(GroupOutcome.UnknownUser, unknown);
        }

        foreach (var name in groupNames)
        {
            var group = new HubGroup { Name = name, Properties = [] };
            group.Members.AddRange(users.Select(id => new UserGroup { UserId = id }));
            db.Groups.Add(group);
        }

        return await DoneAsync(db, groupNames, cancellationToken);
    }

    private static async Task<int> AddAsync(HubDbContext db, int groupId, IReadOnlyList<int> users, CancellationToken cancellationToken)
    {
        var present = await db.UserGroups.Where(row => row.GroupId == groupId).Select(row => row.UserId).ToHashSetAsync(cancellationToken);
        var added = users.Where(id => !present.Contains(id)).Select(id => new UserGroup { GroupId = groupId, UserId = id }).ToList();
        db.UserGroups.AddRange(added);
        return added.Count;
    }

    private static async Task<IReadOnlyList<MemberAddition>?> AddKnownAsync(HubDbContext db, string name, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        if (await db.Groups.Where(group => group.Name == name).Select(group => (int?)group.Id).SingleOrDefaultAsync(cancellationToken) is not { } groupId)
        {
            return null;
        }

        var users = await db.Users
            .Where(user => EF.Parameter(wanted).Contains(user.Name))
            .Select(user => new { user.Id, user.Name, IsMember = db.UserGroups.Any(row => row.GroupId == groupId && row.UserId == user.Id) })
            .ToDictionaryAsync(user => user.Name, StringComparer.Ordinal, cancellationToken);
        db.UserGroups.AddRange(users.Values.Where(user => !user.IsMember).Select(user => new UserGroup { GroupId = groupId, UserId = user.Id }));
        return [.. wanted.Select(user => new MemberAddition(user, users.TryGetValue(user, out var known)
            ? known.IsMember ? MemberAdditionOutcome.AlreadyMember : MemberAdditionOutcome.Added
            : MemberAdditionOutcome.UnknownUser))];
    }

    private static Task<int> RemoveAsync(HubDbContext db, int groupId, IReadOnlyList<int> users, CancellationToken cancellationToken) =>
        db.UserGroups.Where(row => row.GroupId == groupId && EF.Parameter(users).Contains(row.UserId)).ExecuteDeleteAsync(cancellationToken);

    private async Task<GroupChange> DoneAsync(HubDbContext db, IReadOnlyList<string> groupNames, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        var groups = db.Groups.Where(group => EF.Parameter(groupNames).Contains(group.Name)).OrderBy(group => group.Id);
        return GroupChange.Done(await GroupQueries.LoadAsync(db, groups, time.GetHubTime(), cancellationToken));
    }

    /// <summary>Ids of the users; or the first name that nobody has.</summary>
    private static async Task<(IReadOnlyList<int> Ids, string? Unknown)> FindUsersAsync(
        HubDbContext db, IReadOnlyList<string> userNames, CancellationToken cancellationToken)
    {
        var found = await db.Users
            .Where(user => EF.Parameter(userNames).Contains(user.Name))
            .ToDictionaryAsync(user => user.Name, user => user.Id, StringComparer.Ordinal, cancellationToken);
        return ([.. found.Values], userNames.FirstOrDefault(name => !found.ContainsKey(name)));
    }

    private async Task<GroupChange> ChangeMembersAsync(
        string name,
        IReadOnlyList<string> userNames,
        Func<HubDbContext, int, IReadOnlyList<int>, CancellationToken, Task<int>> changeAsync,
        Action<ILogger, string, int> log,
        CancellationToken cancellationToken)
    {
        var wanted = Canonical(userNames);
        var (change, count) = await database.WriteAsync(
            async (db, token) =>
            {
                if (await db.Groups.Where(group => group.Name == name).Select(group => (int?)group.Id).SingleOrDefaultAsync(token) is not { } groupId)
                {
                    return (GroupChange.Refused(GroupOutcome.UnknownGroup, name), 0);
                }

                var (users, unknown) = await FindUsersAsync(db, wanted, token);
                if (unknown is not null)
                {
                    return (GroupChange.Refused(GroupOutcome.UnknownUser, unknown), 0);
                }

                var count = await changeAsync(db, groupId, users, token);
                return (await DoneAsync(db, [name], token), count);
            },
            cancellationToken);
        if (count > 0)
        {
            log(logger, LogText.Bound(name), count);
            events.Add(HubEventKind.GroupChanged, name);
        }

        return change;
    }

    private List<string> Canonical(IEnumerable<string> typed) => [.. typed.Select(names.Normalize).Distinct(StringComparer.Ordinal)];
}
