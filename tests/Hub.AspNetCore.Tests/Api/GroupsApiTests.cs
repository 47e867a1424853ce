using System.Text.Json.Nodes;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Groups, their members and their properties (contract 2.7).</summary>
public sealed class GroupsApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task A_group_is_made_with_members_whose_names_are_normalised()
    {
        await MakeUsersAsync("gm-one", "gm-two");
        using var made = await SendAsync("POST", "/groups/gm%20Group", """{"users": ["GM-One", "gm-two", "gm-ONE"]}""");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"kind": "group", "name": "gm Group", "roles": [], "users": ["gm-one", "gm-two"], "properties": {}}"""), await made.JsonAsync()));
        using var read = await SendAsync("GET", "/groups/gm%20Group");
        Assert.Equal(["gm-one", "gm-two"], Texts((await read.JsonAsync())["users"]));
        using var again = await SendAsync("POST", "/groups/gm%20Group");
        Assert.Equal("Group gm Group already exists", await again.ApiErrorAsync(409));
        using var other = await SendAsync("GET", "/groups/GM%20group");
        await other.ApiErrorAsync(404);
    }

    [Fact]
    public async Task Several_groups_are_made_together_or_not_at_all()
    {
        await Host.Data.GroupAsync("many-taken");
        using var refused = await SendAsync("POST", "/groups", """{"groups": ["many-a", "many-taken", "many-b"]}""");
        Assert.Equal("Group many-taken already exists", await refused.ApiErrorAsync(409));
        using var twice = await SendAsync("POST", "/groups", """{"groups": ["many-a", "many-b", "many-a"]}""");
        await twice.ApiErrorAsync(409);
        using var stranger = await SendAsync("POST", "/groups", """{"groups": ["many-a"], "users": ["many-nobody"]}""");
        Assert.Equal("No such user: many-nobody", await stranger.ApiErrorAsync(400));
        Assert.DoesNotContain(await Host.Data.ListAsync<HubGroup>(), group => group.Name is "many-a" or "many-b");

        await MakeUsersAsync("many-user");
        using var made = await SendAsync("POST", "/groups", """{"groups": ["many-a", "many-b"], "users": ["Many-User"]}""");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var groups = JsonNode.Parse(await made.TextAsync())!.AsArray();
        Assert.Equal(["many-a", "many-b"], groups.Select(group => (string)group!["name"]!));
        Assert.All(groups, group => Assert.Equal(["many-user"], Texts(group!["users"])));
    }

    [Fact]
    public async Task Members_come_and_go_and_whoever_is_unknown_changes_nothing()
    {
        await MakeUsersAsync("mem-a", "mem-b", "mem-c");
        await Host.Data.GroupAsync("members", "mem-a");
        using var added = await SendAsync("POST", "/groups/members/users", """{"users": ["mem-b", "mem-a", "MEM-C"]}""");
        Assert.Equal(["mem-a", "mem-b", "mem-c"], Texts((await added.JsonAsync())["users"]));
        using var unknown = await SendAsync("POST", "/groups/members/users", """{"users": ["root", "mem-nobody"]}""");
        Assert.Equal("No such user: mem-nobody", await unknown.ApiErrorAsync(400));
        using var removed = await SendAsync("DELETE", "/groups/members/users", """{"users": ["mem-a", "root", "Mem-B"]}""");
        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        Assert.Equal(["mem-c"], Texts((await removed.JsonAsync())["users"]));
        using var read = await SendAsync("GET", "/groups/members");
        Assert.Equal(["mem-c"], Texts((await read.JsonAsync())["users"]));
        using var missing = await SendAsync("POST", "/groups/mem-missing/users", """{"users": []}""");
        Assert.Equal("No such group: mem-missing", await missing.ApiErrorAsync(404));
    }

    [Fact]
    public async Task Properties_are_replaced_whole()
    {
        await Host.Data.GroupAsync("props");
        using var first = await SendAsync("PUT", "/groups/props/properties", """{"quota": 3, "nested": {"a": [1, null, "ü"]}}""");
        Assert.Equal(3, (int)(await first.JsonAsync())["properties"]!["quota"]!);
        using var second = await SendAsync("PUT", "/groups/props/properties", """{"other": true}""");
        Assert.Equal("""{"other":true}""", (await second.JsonAsync())["properties"]!.ToJsonString());
        using var read = await SendAsync("GET", "/groups/props");
        Assert.Equal("""{"other":true}""", (await read.JsonAsync())["properties"]!.ToJsonString());
        using var emptied = await SendAsync("PUT", "/groups/props/properties", "{}");
        Assert.Equal("{}", (await emptied.JsonAsync())["properties"]!.ToJsonString());
    }

    [Theory]
    [InlineData("read:groups!group=seen", "kind name properties users")]
    [InlineData("read:groups:name!group=seen", "kind name")]
    [InlineData("read:roles:groups!group=seen", "kind name roles")]
    [InlineData("groups!group=seen", "kind name properties users")]
    [InlineData("admin:groups", "kind name properties roles users")]
    public async Task A_scope_reveals_its_keys(string scope, string keys)
    {
        if (!(await Host.Data.ListAsync<HubGroup>()).Exists(group => group.Name == "seen"))
        {
            await Host.Data.GroupAsync("seen", "seen-member");
        }

        using var answer = await Host.SendAsync("GET", "/hub/api/groups/seen", await Host.Data.UserTokenAsync("root", scope));
        Assert.Equal(keys, string.Join(' ', (await answer.JsonAsync()).Select(member => member.Key).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_change_of_members_decides_the_next_request()
    {
        await MakeUsersAsync("follow-a");
        var group = await Host.Data.GroupAsync("follow");
        var role = await Host.Data.AddAsync(new HubRole { Name = "follow-role", Scopes = ["read:hub", "read:users:name!group=follow"] });
        await Host.Data.AddAsync(new GroupRole { GroupId = group.Id, RoleId = role.Id });
        var member = await Host.Data.UserTokenAsync("follow-a");
        await MakeUsersAsync("follow-b");

        async Task<(bool HasRole, int SeesOther)> LookAsync()
        {
            using var self = await Host.SendAsync("GET", "/hub/api/user", member);
            using var other = await Host.SendAsync("GET", "/hub/api/users/follow-b", member);
            return (Texts((await self.JsonAsync())["scopes"]).Contains("read:hub"), (int)other.StatusCode);
        }

        Assert.Equal((false, 404), await LookAsync());
        for (var round = 0; round < 5; round++)
        {
            using var added = await SendAsync("POST", "/groups/follow/users", """{"users": ["follow-a", "follow-b"]}""");
            Assert.Equal((true, 200), await LookAsync());
            using var removed = await SendAsync("DELETE", "/groups/follow/users", """{"users": ["follow-b"]}""");
            Assert.Equal((true, 404), await LookAsync());
            using var left = await SendAsync("DELETE", "/groups/follow/users", """{"users": ["follow-a"]}""");
            Assert.Equal((false, 404), await LookAsync());
        }
    }

    [Fact]
    public async Task A_role_that_has_expired_is_not_shown()
    {
        var group = await Host.Data.GroupAsync("expiring");
        foreach (var (name, end) in new[] { ("expiring-dead", -1), ("expiring-live", 1) })
        {
            var role = await Host.Data.AddAsync(new HubRole { Name = name });
            await Host.Data.AddAsync(new GroupRole
            {
                GroupId = group.Id, RoleId = role.Id, Origin = new GroupRoleOrigin { Origin = RoleOrigins.Api, ExpiresAt = DateTime.UtcNow.AddHours(end) },
            });
        }

        using var answer = await SendAsync("GET", "/groups/expiring");
        Assert.Equal(["expiring-live"], Texts((await answer.JsonAsync())["roles"]));
    }

    [Fact]
    public async Task Deleting_a_group_leaves_nothing_of_it()
    {
        var group = await Host.Data.GroupAsync("doomed", "doomed-a", "doomed-b");
        var role = await Host.Data.AddAsync(new HubRole { Name = "doomed-role" });
        await Host.Data.AddAsync(new GroupRole { GroupId = group.Id, RoleId = role.Id });
        var spawner = await Host.Data.SpawnerAsync("doomed-a");
        await Host.Data.AddAsync(new Share { GroupId = group.Id, SpawnerId = spawner.Id, OwnerId = spawner.UserId, Scopes = ["access:servers!server=doomed-a/"] });
        using var deleted = await SendAsync("DELETE", "/groups/doomed");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.DoesNotContain(await Host.Data.ListAsync<UserGroup>(), row => row.GroupId == group.Id);
        Assert.DoesNotContain(await Host.Data.ListAsync<GroupRole>(), row => row.GroupId == group.Id);
        Assert.DoesNotContain(await Host.Data.ListAsync<Share>(), row => row.GroupId == group.Id);
        using var again = await SendAsync("DELETE", "/groups/doomed");
        Assert.Equal("No such group: doomed", await again.ApiErrorAsync(404));
    }

    [Theory]
    [InlineData("POST /groups", """{}""")]
    [InlineData("POST /groups", """{"groups": []}""")]
    [InlineData("POST /groups", """{"groups": null}""")]
    [InlineData("POST /groups", """{"groups": "bad-x"}""")]
    [InlineData("POST /groups", """{"groups": {"bad-x": 1}}""")]
    [InlineData("POST /groups", """{"groups": ["bad-x", 5]}""")]
    [InlineData("POST /groups", """{"groups": ["bad-x", null]}""")]
    [InlineData("POST /groups", """{"groups": ["bad-x", ""]}""")]
    [InlineData("POST /groups", """{"groups": ["bad-x", "a\u0000b"]}""")]
    [InlineData("POST /groups", """{"groups": ["bad-x", "\ud800"]}""")]
    [InlineData("POST /groups", """{"groups": ["bad-x"], "planet": 1}""")]
    [InlineData("POST /groups", """{"groups": ["bad-x"], "users": "root"}""")]
    [InlineData("POST /groups", """["bad-x"]""")]
    [InlineData("POST /groups", "")]
    [InlineData("POST /groups/bad-x", """{"planet": 1}""")]
    [InlineData("POST /groups/bad-x", """{"users": {}}""")]
    [InlineData("POST /groups/bad-x", """{"users": [["root"]]}""")]
    [InlineData("POST /groups/bad-x", """{"users": null}""")]
    [InlineData("POST /groups/bad-x", """{"name": 1}""")]
    [InlineData("POST /groups/bad-x", """{"\ud800": 1}""")]
    [InlineData("POST /groups/bad-x", "[]")]
    [InlineData("POST /groups/bad-good/users", "")]
    [InlineData("POST /groups/bad-good/users", """{"roles": []}""")]
    [InlineData("POST /groups/bad-good/users", """{"users": [true]}""")]
    [InlineData("DELETE /groups/bad-good/users", "{}")]
    [InlineData("PUT /groups/bad-good/properties", "")]
    [InlineData("PUT /groups/bad-good/properties", "null")]
    [InlineData("PUT /groups/bad-good/properties", "[]")]
    [InlineData("PUT /groups/bad-good/properties", "3")]
    [InlineData("PUT /groups/bad-good/properties", """{"a": "\udfff"}""")]
    public async Task A_bad_body_changes_nothing(string target, string body)
    {
        if (!(await Host.Data.ListAsync<HubGroup>()).Exists(group => group.Name == "bad-good"))
        {
            await Host.Data.GroupAsync("bad-good");
        }

        var (method, path) = (target.Split(' ')[0], target.Split(' ')[1]);
        using var answer = await SendAsync(method, path, body);
        Assert.InRange((await answer.ApiErrorAsync(400)).Length, 1, 300);
        Assert.DoesNotContain(await Host.Data.ListAsync<HubGroup>(), group => group.Name == "bad-x");
    }

    [Fact]
    public async Task Names_and_lists_are_bounded()
    {
        using var longName = await SendAsync("POST", $"/groups/{new string('x', 256)}");
        Assert.InRange((await longName.ApiErrorAsync(400)).Length, 1, 300);
        using var longest = await SendAsync("POST", $"/groups/{new string('x', 255)}");
        Assert.Equal(HttpStatusCode.Created, longest.StatusCode);
        var tooMany = new JsonObject { ["users"] = new JsonArray([.. Enumerable.Range(0, 10_001).Select(index => (JsonNode)$"b{index}")]) };
        using var many = await SendAsync("POST", "/groups/bounded", tooMany.ToJsonString());
        Assert.Equal("group.users may have 10000 items at most, not 10001", await many.ApiErrorAsync(400));
        var groups = new JsonObject { ["groups"] = new JsonArray([.. Enumerable.Range(0, 1_001).Select(index => (JsonNode)$"b{index}")]) };
        using var manyGroups = await SendAsync("POST", "/groups", groups.ToJsonString());
        await manyGroups.ApiErrorAsync(400);
        var properties = new JsonObject { ["text"] = new string('x', 70_000) };
        using var big = await SendAsync("PUT", $"/groups/{new string('x', 255)}/properties", properties.ToJsonString());
        await big.ApiErrorAsync(400);
    }

    private async Task MakeUsersAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await Host.Data.UserAsync(name);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null) =>
        await Host.SendAsync(method, "/hub/api" + path, await Host.Data.UserTokenAsync("root"), body is null ? null : Answers.Json(body));

    private static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().Select(item => (string)item!);
}
