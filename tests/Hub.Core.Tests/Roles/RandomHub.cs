using JupyterHub.Core.Authorization;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Roles.Changes;
using JupyterHub.Core.Roles.Questions;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;
using JupyterHub.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Core.Tests.Roles;

/// <summary>A small hub whose roles, groups and holders come from a seed, and one who tries to change roles in it.</summary>
internal sealed class RandomHub(TestDatabase database, Random random) : IAsyncDisposable
{
    public static readonly string[] Users = ["ada", "ben", "cem", "dora"];
    public static readonly string[] Groups = ["physics", "maths"];
    private const string Culler = "culler";

    private static readonly string[] Scopes =
        ["servers", "read:servers", "tokens", "users", "admin:users", "admin:groups", "groups", "admin:services", "read:roles", "read:hub", "access:servers", "list:users"];

    private static readonly string[] Filters =
        ["", "", "!user", "!user=ada", "!user=ben", "!user=cem", "!group=physics", "!group=physics", "!group=maths", "!server=ben/", "!service", "!server", "!service=culler"];

    private static readonly string[] Rights =
        ["admin:users", "admin:users!group=physics", "admin:users!user=ada", "admin:groups", "admin:groups!group=physics", "admin:groups!group=maths", "admin:services"];

    private static readonly Resource[] Resources =
    [
        .. Users.Select(Resource.User), .. Groups.Select(Resource.Group), Resource.Service(Culler),
        .. Users.SelectMany(user => new[] { Resource.Server(user, ""), Resource.Server(user, "lab") }),
    ];

    private readonly Authorities authorities = new(database.Hub, ScopeEngine.BuiltIn, database.Time, NullLogger<Authorities>.Instance);
    private readonly RoleChanges changes = new(database.Hub, ScopeEngine.BuiltIn, database.Time, new Core.Events.HubEvents(database.Time), NullLogger<RoleChanges>.Instance);
    private List<string> known = [];
    private HubToken? token;

    private static IReadOnlyList<ScopeOwner> Holders { get; } = [.. Users.Select(ScopeOwner.User), .. Groups.Select(ScopeOwner.Group), ScopeOwner.Service(Culler)];

    /// <summary>Everybody of whom it can be asked what they may do.</summary>
    public static IReadOnlyList<ScopeOwner> Principals { get; } = [.. Users.Select(ScopeOwner.User), ScopeOwner.Service(Culler)];

    public static async Task<RandomHub> CreateAsync(int seed)
    {
        var hub = new RandomHub(await TestDatabase.CreateAsync(), new Random(seed));
        await hub.PopulateAsync();
        return hub;
    }

    /// <summary>The one who tries, with what the credential gives now.</summary>
    public async Task<Requester> ActorAsync()
    {
        var ada = (await database.ListAsync<HubUser>()).Single(user => user.Name == "ada");
        var authority = token is null ? await authorities.OfUserAsync(ada.Id, CancellationToken.None) : await authorities.OfTokenAsync(token, CancellationToken.None);
        return new Requester { Kind = RequesterKind.User, Id = ada.Id, Name = "ada", Admin = false, Authority = authority, Token = token };
    }

    /// <summary>Everything that somebody may do, question by question.</summary>
    public async Task<HashSet<string>> AllowedAsync(ScopeOwner who)
    {
        var id = await IdAsync(who);
        return Allowed(who.Kind == ResourceKind.User ? await authorities.OfUserAsync(id, CancellationToken.None) : await authorities.OfServiceAsync(id, CancellationToken.None));
    }

    public static HashSet<string> Allowed(Authority authority)
    {
        var allowed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var scope in ScopeCatalog.BuiltIn.Scopes)
        {
            if (authority.Allows(scope.Name))
            {
                allowed.Add(scope.Name);
            }

            allowed.UnionWith(Resources.Where(resource => authority.Allows(scope.Name, resource)).Select(resource => $"{scope.Name} on {resource}"));
        }

        return allowed;
    }

    public async Task<Dictionary<ScopeOwner, HashSet<string>>> AllAllowedAsync()
    {
        var all = new Dictionary<ScopeOwner, HashSet<string>>();
        foreach (var who in Principals)
        {
            all[who] = await AllowedAsync(who);
        }

        return all;
    }

    public static IReadOnlyList<Resource> AllResources => Resources;

    /// <summary>Everybody who is named when it is asked who may, a small page at a time.</summary>
    public async Task<List<ScopeOwner>> WhoMayAsync(string scope, Resource? resource)
    {
        var search = new AccessSearch(database.Hub, ScopeEngine.BuiltIn, database.Time);
        var actor = await ActorAsync();
        var asker = actor with { Authority = actor.Authority with { Permissions = ScopeEngine.BuiltIn.Expand(["read:roles", "read:groups", "shares"]) } };
        var found = new List<ScopeOwner>();
        for (var offset = 0; ; offset += 2)
        {
            var page = await search.FindAsync(scope, resource, asker, offset, 2, CancellationToken.None);
            Assert.All(page.Items, item => Assert.True(item.IsAllowed && item.Grants.Count > 0));
            found.AddRange(page.Items.Select(item => item.Who));
            if (page.Items.Count < 2)
            {
                Assert.Equal(page.Total, found.Count);
                return found;
            }
        }
    }

    public RoleRequest NextRequest()
    {
        var role = $"role-{random.Next(3)}";
        var holder = Pick(Holders);
        return random.Next(8) switch
        {
            0 or 1 => new CreateRole(role) { Scopes = RoleScopes(), Holders = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Pick(Holders))] },
            2 or 3 => new ChangeRole(role) { Scopes = RoleScopes() },
            4 => new DeleteRole(role),
            5 or 6 => new AssignRole(role, holder),
            _ => new RemoveRole(role, holder),
        };
    }

    /// <summary>True if it was done.</summary>
    public async Task<bool> TryAsync(RoleRequest request)
    {
        try
        {
            await changes.ApplyAsync(request, await ActorAsync(), CancellationToken.None);
            return true;
        }
        catch (RoleChangeException)
        {
            return false;
        }
    }

    /// <summary>Who holds a role at the moment.</summary>
    public Task<List<ScopeOwner>> HoldersAsync(string role) => database.Hub.ReadAsync(
        async (db, cancel) =>
        {
            var id = await db.Roles.Where(row => row.Name == role).Select(row => row.Id).SingleOrDefaultAsync(cancel);
            return (await RoleHolders.OfRoleAsync(db, id, DateTime.UtcNow, 1000, cancel)).ConvertAll(holding => holding.Holder);
        },
        CancellationToken.None);

    public Task<bool> IsMemberAsync(string user, string group) => database.Hub.ReadAsync(
        (db, cancel) => db.UserGroups.AnyAsync(row => row.User!.Name == user && row.Group!.Name == group, cancel), CancellationToken.None);

    public Task SetMemberAsync(string user, string group, bool isMember) => database.Hub.WriteAsync(
        async (db, cancel) =>
        {
            var (userId, groupId) = (await db.Users.Where(row => row.Name == user).Select(row => row.Id).SingleAsync(cancel), await db.Groups.Where(row => row.Name == group).Select(row => row.Id).SingleAsync(cancel));
            await db.UserGroups.Where(row => row.UserId == userId && row.GroupId == groupId).ExecuteDeleteAsync(cancel);
            if (isMember)
            {
                db.UserGroups.Add(new Core.Groups.UserGroup { UserId = userId, GroupId = groupId });
            }

            return true;
        },
        CancellationToken.None);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private async Task PopulateAsync()
    {
        var users = new List<HubUser>();
        foreach (var name in Users)
        {
            users.Add(await database.AddUserAsync(name));
        }

        foreach (var name in Groups)
        {
            await database.AddGroupAsync(name, [.. users.Where(_ => random.Next(2) == 0)]);
        }

        var service = await database.AddServiceAsync(Culler);
        var own = await database.AddRoleAsync("own", "self");
        foreach (var user in users)
        {
            await database.GrantAsync(own, user);
        }

        known = [.. SomeScopes(8), .. Enumerable.Range(0, 3).Select(_ => Pick(Rights))];
        await database.GrantAsync(await database.AddRoleAsync("actor", [.. known]), users[0]);
        await database.GrantAsync(await database.AddRoleAsync("other", [.. SomeScopes(3)]), users[1]);
        await database.GrantAsync(await database.AddRoleAsync("service", [.. SomeScopes(2)]), service);
        for (var number = 0; number < 2; number++)
        {
            // Made by somebody else, who held other things.
            var role = await database.AddRoleAsync($"role-{number}", [.. SomeScopes(2), .. RoleScopes()]);
            await database.AddAsync(new RoleOrigin { RoleId = role.Id, Origin = RoleOrigins.Api, CreatedAt = DateTime.UnixEpoch });
            await database.GrantAsync(role, Pick(users));
        }

        if (random.Next(2) == 0)
        {
            await database.AddTokenAsync(users[0], [.. SomeScopes(2), .. known.Where(_ => random.Next(4) > 0)]);
            token = await database.Hub.ReadAsync((db, cancel) => db.Tokens.Include(row => row.User).SingleAsync(cancel), CancellationToken.None);
        }
    }

    /// <summary>Often what the actor has itself, or nothing could ever be given; often what means the holder, where mistakes are near.</summary>
    private List<string> RoleScopes() => [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Next(5) switch
    {
        0 => SomeScopes(1)[0],
        1 => Pick(Scopes) + "!user",
        _ => Pick(known),
    }).Distinct()];

    private List<string> SomeScopes(int most) =>
        [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => random.Next(12) == 0 ? "self" : Pick(Scopes) + Pick(Filters)).Distinct()];

    private async Task<int> IdAsync(ScopeOwner who) => await database.Hub.ReadAsync(
        async (db, cancel) => (await RoleHolders.IdsAsync(db, [who], cancel))[who]!.Value, CancellationToken.None);

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
