using JupyterHub.Core.Roles.Changes;
using JupyterHub.Rbac.Permissions;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.Core.Tests.Roles;

/// <summary>Whatever somebody does with roles, nobody gets from it what that one did not hold, and nobody loses what that one could not have given.</summary>
public sealed class RoleChangeProperties
{
    private const int Worlds = 24;
    private const int Steps = 30;

    [Fact]
    public async Task No_sequence_of_changes_gives_or_takes_more_than_its_maker_holds()
    {
        var (done, refused, gained, lost) = (0, 0, 0, 0);
        for (var seed = 0; seed < Worlds; seed++)
        {
            await using var hub = await RandomHub.CreateAsync(seed);
            var held = RandomHub.Allowed((await hub.ActorAsync()).Authority);
            var before = await hub.AllAllowedAsync();
            for (var step = 0; step < Steps; step++)
            {
                var request = hub.NextRequest();
                var actor = await hub.ActorAsync();
                var holders = await hub.HoldersAsync(request.Role);
                if (!await hub.TryAsync(request))
                {
                    refused++;
                    continue;
                }

                done++;
                holders.AddRange(await hub.HoldersAsync(request.Role));
                Assert.All(holders, holder => Assert.True(actor.Allows(RoleChangeCheck.WriteScope(holder.Kind), ResourceOf(holder)), $"seed {seed}: {request} wrote {holder}"));
                var after = await hub.AllAllowedAsync();
                foreach (var who in RandomHub.Principals)
                {
                    gained += after[who].Except(before[who]).Count();
                    lost += before[who].Except(after[who]).Count();
                    AssertWithin(held, after[who].Except(before[who]), $"seed {seed}, step {step}: {request} gave {who}");
                    AssertWithin(held, before[who].Except(after[who]), $"seed {seed}, step {step}: {request} took from {who}");
                }

                before = after;
            }
        }

        // It would also hold if nothing was ever allowed.
        Assert.True(done > 50 && refused > 50 && gained > 300 && lost > 100, $"{done} done, {refused} refused, {gained} gained, {lost} lost");
    }

    [Fact]
    public async Task Whoever_joins_a_group_later_gets_no_more_by_it_than_the_makers_of_its_roles_held()
    {
        var given = 0;
        for (var seed = 0; seed < Worlds / 2; seed++)
        {
            await using var hub = await RandomHub.CreateAsync(seed);
            var before = await JoinedAsync(hub);
            for (var step = 0; step < Steps; step++)
            {
                await hub.TryAsync(hub.NextRequest());
            }

            foreach (var (joining, (held, allowed)) in await JoinedAsync(hub))
            {
                foreach (var who in RandomHub.Principals)
                {
                    var gain = allowed[who].Except(before[joining].Allowed[who]).ToList();
                    given += gain.Count;
                    AssertWithin(before[joining].Held, gain, $"seed {seed}: {joining} gave {who}");
                }
            }
        }

        Assert.True(given > 30, $"{given} given");
    }

    /// <summary>What everybody may do, and what the maker holds, after each single joining that is possible.</summary>
    private static async Task<Dictionary<(string User, string Group), (HashSet<string> Held, Dictionary<ScopeOwner, HashSet<string>> Allowed)>> JoinedAsync(RandomHub hub)
    {
        var worlds = new Dictionary<(string, string), (HashSet<string>, Dictionary<ScopeOwner, HashSet<string>>)>();
        foreach (var (user, group) in RandomHub.Users.SelectMany(_ => RandomHub.Groups, (user, group) => (user, group)))
        {
            if (await hub.IsMemberAsync(user, group))
            {
                continue;
            }

            await hub.SetMemberAsync(user, group, true);
            worlds[(user, group)] = (RandomHub.Allowed((await hub.ActorAsync()).Authority), await hub.AllAllowedAsync());
            await hub.SetMemberAsync(user, group, false);
        }

        return worlds;
    }

    private static void AssertWithin(HashSet<string> held, IEnumerable<string> changed, string what)
    {
        var beyond = changed.Where(decision => !held.Contains(decision)).Take(5).ToList();
        Assert.True(beyond.Count == 0, $"{what}: {string.Join(", ", beyond)}");
    }

    private static Resource ResourceOf(ScopeOwner holder) => holder.Kind switch
    {
        ResourceKind.User => Resource.User(holder.Name),
        ResourceKind.Group => Resource.Group(holder.Name),
        _ => Resource.Service(holder.Name),
    };
}
