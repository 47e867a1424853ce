using System.Text.Json.Nodes;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Roles;

namespace JupyterHub.AspNetCore.Tests.Api.Roles;

/// <summary>Why somebody may do something, and what a change would do.</summary>
public sealed class AuthorizeApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task Why_is_answered_with_the_way_from_role_to_scope()
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.Data.GroupAsync("why-ops", "wanda");
        await Host.Data.GroupAsync("why-lab", "wim");
        await Host.AskAsync(root, "POST roles", """{"name": "why-helper", "scopes": ["admin:servers!group=why-lab"], "groups": ["why-ops"]}""", 201);
        var answer = await Host.AskAsync(root, "POST authorize/explain", """{"user": "wanda", "scope": "servers!server=wim/lab"}""");
        Assert.True((bool)answer!["allowed"]!);
        var grant = Assert.Single(answer["grants"]!.AsArray())!;
        Assert.Equal("why-helper", (string)grant["role"]!);
        Assert.Equal("why-ops", (string)grant["holder"]!["name"]!);
        Assert.Equal(["admin:servers", "servers"], grant["path"].Texts());
        Assert.Equal(("member", "why-lab"), ((string)grant["match"]!, (string)grant["matched_group"]!));

        var denied = await Host.AskAsync(root, "POST authorize/explain", """{"user": "wim", "scope": "servers", "resource": "server=wanda/"}""");
        Assert.Equal((false, "filtered_elsewhere"), ((bool)denied!["allowed"]!, (string)denied["denial"]!));
        Assert.Equal(["servers!server=wanda/", "servers!user=wanda", "servers!group=why-ops", "servers"], denied["nearest"].Texts());
        var service = await Host.Data.ServiceTokenAsync("why-service", "read:hub");
        Assert.NotNull(service);
        var service2 = await Host.AskAsync(root, "POST authorize/explain", """{"service": "why-service", "scope": "read:hub"}""");
        Assert.True((bool)service2!["allowed"]!);
    }

    [Fact]
    public async Task The_calling_token_is_asked_about_itself_without_any_scope()
    {
        var token = await Host.Data.UserTokenAsync("selma", "read:servers!user");
        var allowed = await Host.AskAsync(token, "POST authorize/explain", """{"scope": "read:servers!user"}""");
        Assert.True((bool)allowed!["allowed"]!);
        Assert.True((bool)allowed["token"]!);

        // The token may not read which roles its owner holds, so it is only told that there are some.
        Assert.Empty(allowed["grants"]!.AsArray());
        Assert.Equal(1, (int)allowed["hidden_grants"]!);
        var ceiling = await Host.AskAsync(token, "POST authorize/explain", """{"scope": "start:servers!user"}""");
        Assert.Equal("token_ceiling", (string)ceiling!["denial"]!);
        await Host.AskAsync(token, "POST authorize/explain", """{"user": "selma", "scope": "start:servers!user"}""", 403);

        var full = await Host.Data.UserTokenAsync("selma");
        var own = await Host.AskAsync(full, "POST authorize/explain", """{"scope": "start:servers!user"}""");
        Assert.Equal("user", (string)Assert.Single(own!["grants"]!.AsArray())!["role"]!);
    }

    [Fact]
    public async Task About_others_is_answered_only_to_who_may_read_them()
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.Data.GroupAsync("hid-group", "hidda");
        await Host.Data.UserAsync("olaf");
        await Host.AskAsync(root, "POST roles", """{"name": "hid-role", "scopes": ["read:hub"], "groups": ["hid-group"]}""", 201);
        var plain = await Host.Data.UserTokenAsync("olaf");
        await Host.AskAsync(plain, "POST authorize/explain", """{"user": "hidda", "scope": "read:hub"}""", 403);
        var other = await Host.Data.ServiceTokenAsync("reads-olaf", "read:roles!user=olaf");
        await Host.AskAsync(other, "POST authorize/explain", """{"user": "hidda", "scope": "read:hub"}""", 404);
        await Host.AskAsync(other, "POST authorize/explain", """{"user": "nobody-there", "scope": "read:hub"}""", 404);

        // Of a person whose roles may be read, the group that gives one may still be unknown.
        var reader = await Host.Data.ServiceTokenAsync("reads-hidda", "read:roles!user=hidda");
        var answer = await Host.AskAsync(reader, "POST authorize/explain", """{"user": "hidda", "scope": "read:hub"}""");
        Assert.True((bool)answer!["allowed"]!);
        Assert.Equal(1, (int)answer["hidden_grants"]!);
        Assert.DoesNotContain("hid-", answer.ToJsonString(), StringComparison.Ordinal);

        // Whether somebody else is in a group that makes the difference is not told by the decision either.
        await Host.AskAsync(reader, "POST authorize/explain", """{"user": "hidda", "scope": "servers!user=olaf"}""", 403);
        await Host.AskAsync(root, "POST authorize/explain", """{"user": "nobody-there", "scope": "read:hub"}""", 404);
        await Host.AskAsync(root, "POST authorize/explain", """{"service": "nobody-there", "scope": "read:hub"}""", 404);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"scope": "no:such"}""")]
    [InlineData("""{"scope": "servers!planet=mars"}""")]
    [InlineData("""{"scope": "servers!server"}""")]
    [InlineData("""{"scope": "servers!service"}""")]
    [InlineData("""{"scope": "servers!server=nobody"}""")]
    [InlineData("""{"scope": "servers!user=a", "resource": "user=b"}""")]
    [InlineData("""{"scope": "servers", "resource": 5}""")]
    [InlineData("""{"scope": "servers", "user": "a", "service": "b"}""")]
    [InlineData("""{"scope": ["servers"]}""")]
    [InlineData("""{"scope": "servers", "planet": 1}""")]
    [InlineData("[]")]
    public async Task A_question_without_sense_is_refused(string body)
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.AskAsync(root, "POST authorize/explain", body, 400);
    }

    [Fact]
    public async Task A_preview_says_who_gains_and_loses_and_changes_nothing()
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.Data.GroupAsync("pre-lab", "prue", "pat");
        await Host.AskAsync(root, "POST roles", """{"name": "pre-role", "scopes": ["read:hub", "list:users"], "groups": ["pre-lab"]}""", 201);
        var before = await Host.Database.ReadAsync((_, _) => Task.FromResult(Host.Database.ChangeVersion), CancellationToken.None);

        var changed = await PreviewAsync(root, """{"action": "change", "role": "pre-role", "body": {"scopes": ["read:hub", "proxy"]}}""");
        Assert.True((bool)changed["allowed"]!);
        Assert.Equal(["pat", "prue"], changed["changes"].Names());
        Assert.Equal(["proxy"], changed["changes"]![0]!["gained"].Texts());
        Assert.Equal(["list:users", "read:users:name"], changed["changes"]![0]!["lost"].Texts());
        var deleted = await PreviewAsync(root, """{"action": "delete", "role": "pre-role"}""");
        Assert.Equal(["pat", "prue"], deleted["changes"].Names());
        var removed = await PreviewAsync(root, """{"action": "remove", "role": "pre-role", "group": "pre-lab"}""");
        Assert.Contains("read:hub", removed["changes"]![1]!["lost"].Texts());
        var assigned = await PreviewAsync(root, """{"action": "assign", "role": "pre-role", "user": "root"}""");
        Assert.Empty(assigned["changes"]!.AsArray());
        var created = await PreviewAsync(root, """{"action": "create", "role": "pre-new", "body": {"scopes": ["tokens!user=pat"], "users": ["prue"]}}""");
        Assert.Equal(["read:tokens!user=pat", "tokens!user=pat"], created["changes"]![0]!["gained"].Texts());
        Assert.True((bool)created["complete"]!);

        Assert.Equal(before, Host.Database.ChangeVersion);
        await Host.AskAsync(root, "POST roles/preview", """{"action": "create", "role": "pre-role"}""", 409);
        await Host.AskAsync(root, "POST roles/preview", """{"action": "delete", "role": "pre-none"}""", 404);
        Assert.False((bool)(await PreviewAsync(root, """{"action": "delete", "role": "user"}"""))["allowed"]!);
    }

    [Fact]
    public async Task A_preview_tells_no_more_than_may_be_read()
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.Data.UserAsync("vera");
        await Host.Data.UserAsync("viktor");
        await Host.AskAsync(root, "POST roles", """{"name": "veiled", "scopes": ["read:hub"], "users": ["vera", "viktor"]}""", 201);
        await Host.AskAsync(root, "POST roles", """{"name": "veiled2", "scopes": ["read:hub"], "users": ["viktor"]}""", 201);
        var reader = await Host.Data.ServiceTokenAsync("reads-vera", "read:roles!user=vera");
        var preview = await PreviewAsync(reader, """{"action": "delete", "role": "veiled"}""");
        Assert.Equal(["vera"], preview["changes"].Names());
        Assert.False((bool)preview["complete"]!);
        Assert.False((bool)preview["allowed"]!);
        Assert.DoesNotContain("viktor", preview.ToJsonString(), StringComparison.Ordinal);
        await Host.AskAsync(reader, "POST roles/preview", """{"action": "delete", "role": "veiled2"}""", 404);
        await Host.AskAsync(reader, "POST roles/preview", """{"action": "assign", "role": "veiled", "user": "viktor"}""", 403);
        var narrow = await Host.Data.ServiceTokenAsync("narrow-vera", "read:roles:users!user=vera");
        await Host.AskAsync(narrow, "POST roles/preview", """{"action": "delete", "role": "veiled"}""", 403);
    }

    [Fact]
    public async Task A_preview_of_a_change_for_many_is_cut()
    {
        var root = await Host.Data.UserTokenAsync("root");
        var group = await Host.Data.AddAsync(new HubGroup { Name = "many" });
        await Host.Database.WriteAsync(
            async (db, token) =>
            {
                for (var number = 0; number < 250; number++)
                {
                    var user = new JupyterHub.Core.Users.HubUser { Name = $"many{number}", CookieId = $"many{number}" };
                    user.Groups.Add(new UserGroup { GroupId = group.Id });
                    db.Users.Add(user);
                }

                await db.SaveChangesAsync(token);
                return true;
            },
            CancellationToken.None);
        var preview = await PreviewAsync(root, """{"action": "create", "role": "for-many", "body": {"scopes": ["read:hub"], "groups": ["many"]}}""");
        Assert.Equal(200, preview["changes"]!.AsArray().Count);
        Assert.False((bool)preview["complete"]!);
        Assert.DoesNotContain(await Host.Data.ListAsync<HubRole>(), role => role.Name == "for-many");
    }

    [Theory]
    [InlineData("""{"action": "explode", "role": "some"}""")]
    [InlineData("""{"action": "delete"}""")]
    [InlineData("""{"action": "assign", "role": "some"}""")]
    [InlineData("""{"action": "assign", "role": "some", "user": "a", "group": "b"}""")]
    [InlineData("""{"action": "create", "role": "some", "body": []}""")]
    [InlineData("""{"action": "create", "role": "some", "body": {"scopes": ["inherit"]}}""")]
    [InlineData("[]")]
    public async Task A_preview_without_sense_is_refused(string body)
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.AskAsync(root, "POST roles/preview", body, 400);
    }

    private async Task<JsonObject> PreviewAsync(string token, string body) => (await Host.AskAsync(token, "POST roles/preview", body))!;
}
