namespace JupyterHub.Core.Tests.Hosting;

/// <summary>A start creates declared groups, adds their members and sets their properties; it takes nobody out.</summary>
public sealed class DeclaredGroupsTests
{
    [Fact]
    public async Task Members_are_added_and_stay_when_they_are_not_declared_any_more()
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync("\"LoadGroups\": { \"physics\": { \"Users\": [\"Ada\", \"grace\"] }, \"a:b\": [\"ada\"] }");

        await hub.StartAsync("\"LoadGroups\": { \"physics\": [\"grace\", \"edsger\"] }");

        Assert.Equal(["physics ada", "physics edsger", "physics grace", "a:b ada"], await MembersAsync(hub));
        Assert.Equal(["ada", "grace", "edsger"], await hub.UsersAsync());
    }

    [Fact]
    public async Task Properties_are_replaced_whole_where_they_are_given()
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync("\"LoadGroups\": { \"physics\": { \"Properties\": { \"quota\": 3, \"tags\": [null, true] } }, \"staff\": { } }");
        Assert.Equal("""{"quota":3,"tags":[null,true]}""", (await hub.GroupAsync("physics")).Properties?.ToJsonString());
        Assert.Equal("{}", (await hub.GroupAsync("staff")).Properties?.ToJsonString());

        await hub.StartAsync("\"LoadGroups\": { \"physics\": { }, \"staff\": { \"Properties\": { \"a\": 1 } } }");
        Assert.Equal("""{"quota":3,"tags":[null,true]}""", (await hub.GroupAsync("physics")).Properties?.ToJsonString());
        Assert.Equal("""{"a":1}""", (await hub.GroupAsync("staff")).Properties?.ToJsonString());

        await hub.StartAsync("\"LoadGroups\": { \"physics\": { \"Properties\": { } } }");
        Assert.Equal("{}", (await hub.GroupAsync("physics")).Properties?.ToJsonString());
    }

    private static Task<List<string>> MembersAsync(StartingHub hub) => hub.ReadAsync(db => db.UserGroups
        .OrderBy(row => row.GroupId).ThenBy(row => row.User!.Name)
        .Select(row => row.Group!.Name + " " + row.User!.Name));
}
