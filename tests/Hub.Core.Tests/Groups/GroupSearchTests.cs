using System.Text.Json.Nodes;
using JupyterHub.Core.Authentication;
using JupyterHub.Core.Events;
using JupyterHub.Core.Groups;
using JupyterHub.Rbac.Filters;
using JupyterHub.Rbac.Scopes;
using JupyterHub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JupyterHub.Core.Tests.Groups;

/// <summary>Groups and members found by parts of their names, and changed by name.</summary>
public sealed class GroupSearchTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    private GroupSearch Search => new(database.Hub, database.Time);

    private GroupChanges Changes => new(database.Hub, new UserNames(new AuthenticatorOptions()), database.Time, new HubEvents(database.Time), NullLogger<GroupChanges>.Instance);

    public async Task InitializeAsync() => database = await TestDatabase.CreateAsync();

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    [Fact]
    public async Task A_page_of_many_groups_is_found_with_the_number_of_all()
    {
        const int count = 10_000;
        await database.Hub.WriteAsync(
            (db, _) =>
            {
                db.Groups.AddRange(Enumerable.Range(0, count).Select(number => new HubGroup { Name = $"group-{number:00000}" }));
                return Task.FromResult(count);
            },
            CancellationToken.None);
        var (total, items) = await Search.FindAsync(ScopeFilters.Unrestricted, "", 9_950, 50, CancellationToken.None);
        Assert.Equal((count, 50, "group-09999"), (total, items.Count, items[^1].Name));
        (total, items) = await Search.FindAsync(ScopeFilters.Unrestricted, "P-0012", 0, 50, CancellationToken.None);
        Assert.Equal((10, "group-00120"), (total, items[0].Name));
    }

    [Fact]
    public async Task Only_what_may_be_listed_is_found_and_wildcards_are_letters()
    {
        foreach (var name in new[] { "a%b", "a_b", "a\\b", "axb" })
        {
            await database.AddGroupAsync(name);
        }

        foreach (var name in new[] { "a%b", "a_b", "a\\b" })
        {
            var (total, items) = await Search.FindAsync(ScopeFilters.Unrestricted, name[1..2], 0, 50, CancellationToken.None);
            Assert.Equal((1, name), (total, Assert.Single(items).Name));
        }

        var allowed = ScopeEngine.BuiltIn.Expand(["list:groups!group=axb", "list:groups!group=gone"]).FiltersOf("list:groups");
        var found = await Search.FindAsync(allowed, "", 0, 50, CancellationToken.None);
        Assert.Equal("axb", Assert.Single(found.Items).Name);
        Assert.Equal(1, found.Total);
    }

    [Fact]
    public async Task Members_are_counted_and_those_found_are_told_apart()
    {
        await database.AddGroupAsync("physics", await database.AddUserAsync("ada"), await database.AddUserAsync("grace"), await database.AddUserAsync("adam"));
        var group = (await Search.OpenAsync("physics", "AD", 1, 5, CancellationToken.None))!;
        Assert.Equal((3, 2), (group.MemberCount, group.Found));
        Assert.Equal(["adam"], group.Members);
        Assert.Null(await Search.OpenAsync("maths", "", 0, 5, CancellationToken.None));
    }

    [Fact]
    public async Task Of_each_name_it_is_told_what_became_of_it()
    {
        await database.AddUserAsync("grace");
        await database.AddGroupAsync("physics", await database.AddUserAsync("ada"));
        var results = await Changes.AddKnownMembersAsync("physics", ["Ada", "grace", "GRACE", "nobody"], CancellationToken.None);
        Assert.Equal(
            [new("ada", MemberAdditionOutcome.AlreadyMember), new("grace", MemberAdditionOutcome.Added), new MemberAddition("nobody", MemberAdditionOutcome.UnknownUser)],
            results!);
        Assert.Equal(["ada", "grace"], (await Search.OpenAsync("physics", "", 0, 5, CancellationToken.None))!.Members);
        Assert.Null(await Changes.AddKnownMembersAsync("maths", ["ada"], CancellationToken.None));
    }

    [Fact]
    public async Task Properties_are_replaced_only_where_they_are_those_that_were_expected()
    {
        await database.AddGroupAsync("physics");
        var empty = PropertiesVersion.Of(null);
        Assert.Equal(empty, PropertiesVersion.Of([]));
        var first = await Changes.ReplacePropertiesAsync("physics", new JsonObject { ["a"] = 1 }, empty, CancellationToken.None);
        var late = await Changes.ReplacePropertiesAsync("physics", new JsonObject { ["b"] = 2 }, empty, CancellationToken.None);
        var anyway = await Changes.ReplacePropertiesAsync("physics", new JsonObject { ["c"] = 3 }, null, CancellationToken.None);
        Assert.Equal([GroupOutcome.Done, GroupOutcome.Changed, GroupOutcome.Done], new[] { first.Outcome, late.Outcome, anyway.Outcome });
        Assert.Equal("""{"c":3}""", (await Search.OpenAsync("physics", "", 0, 1, CancellationToken.None))!.Properties!.ToJsonString());
    }
}
