using System.Text.Json.Nodes;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Services;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.AspNetCore.Tests.Api.Roles;

/// <summary>Roles made, read, given and taken through the API.</summary>
public sealed class RolesApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task An_administrator_makes_reads_changes_gives_takes_and_deletes_a_role()
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.Data.GroupAsync("lab-one", "ada");
        await Host.Data.AddAsync(new HubService { Name = "helper-one" });

        var made = await Host.AskAsync(root, "POST roles", """{"name": "one", "description": "First", "scopes": ["servers!user", "list:users"], "users": ["ada"]}""", 201);
        Assert.Equal("one", (string)made!["name"]!);
        Assert.Equal(["list:users", "servers!user"], made["scopes"].Texts());
        Assert.Equal("api", (string)made["origin"]!);
        Assert.Equal("user root", (string)made["creator"]!);
        Assert.Null(made["expires_at"]);
        Assert.Equal(["ada"], made["users"].Names());

        await Host.AskAsync(root, "PUT roles/one/groups/lab-one", null, 201);
        await Host.AskAsync(root, "PUT roles/one/groups/lab-one", null, 200);
        await Host.AskAsync(root, "PUT roles/one/services/helper-one", """{"expires_in": 3600}""", 201);
        var changed = await Host.AskAsync(root, "PATCH roles/one", """{"description": null, "scopes": ["read:hub"]}""");
        Assert.Null(changed!["description"]);
        var read = await Host.AskAsync(root, "GET roles/one");
        Assert.Equal(["read:hub"], read!["scopes"].Texts());
        Assert.Equal(["lab-one"], read["groups"].Names());
        Assert.NotNull(read["services"]![0]!["expires_at"]);
        Assert.Equal(1, (int)read["total"]!["services"]!);

        var ada = await Host.Data.UserTokenAsync("ada");
        Assert.Contains("read:hub", (await Host.AskAsync(ada, "GET user"))!["scopes"].Texts());
        await Host.AskAsync(root, "DELETE roles/one/users/ada", null, 204);
        Assert.Contains("read:hub", (await Host.AskAsync(ada, "GET user"))!["scopes"].Texts());
        await Host.AskAsync(root, "DELETE roles/one/groups/lab-one", null, 204);
        Assert.DoesNotContain("read:hub", (await Host.AskAsync(ada, "GET user"))!["scopes"].Texts());
        await Host.AskAsync(root, "DELETE roles/one/groups/lab-one", null, 404);
        await Host.AskAsync(root, "DELETE roles/one", null, 204);
        await Host.AskAsync(root, "GET roles/one", null, 404);
        Assert.DoesNotContain(await Host.Data.ListAsync<RoleOrigin>(), origin => origin.Creator is null);
    }

    [Fact]
    public async Task The_name_may_stand_in_the_path_and_is_taken_once()
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.AskAsync(root, "POST roles/pathname", null, 201);
        await Host.AskAsync(root, "POST roles/pathname", """{"name": "pathname"}""", 409);
        await Host.AskAsync(root, "POST roles", """{"name": "pathname"}""", 409);
        await Host.AskAsync(root, "POST roles/pathname2", """{"name": "other"}""", 400);
        await Host.AskAsync(root, "POST roles/preview2", "{}", 201);
    }

    [Fact]
    public async Task A_narrow_token_of_an_administrator_gives_no_more_than_it_holds()
    {
        await Host.Data.UserAsync("nadia");
        var narrow = await Host.Data.UserTokenAsync("root", "admin:users!user=nadia", "servers!user=nadia", "read:roles");
        await Host.AskAsync(narrow, "POST roles", """{"name": "narrow", "scopes": ["servers!user"], "users": ["nadia"]}""", 201);
        foreach (var scopes in new[] { "servers", "servers!user=root", "tokens!user", "admin:users", "self", "servers!group=physics", "servers!server=root/" })
        {
            using var refused = await Host.RoleAsync("PATCH", "roles/narrow", narrow, $$"""{"scopes": ["{{scopes}}"]}""");
            Assert.Equal(403, (int)refused.StatusCode);
        }

        await Host.AskAsync(narrow, "PUT roles/narrow/users/root", null, 404);
        await Host.AskAsync(narrow, "PUT roles/admin/users/nadia", null, 403);
        await Host.AskAsync(narrow, "DELETE roles/narrow", null, 204);
        Assert.False((await Host.Data.UserAsync("nadia")).Admin);
    }

    [Fact]
    public async Task A_token_without_any_right_to_write_is_refused_at_the_door()
    {
        var plain = await Host.Data.UserTokenAsync("plain");
        foreach (var request in new[] { "POST roles", "POST roles/x-role", "PATCH roles/user", "DELETE roles/user", "PUT roles/user/users/plain", "DELETE roles/user/users/plain", "GET roles", "GET roles/user" })
        {
            await Host.AskAsync(plain, request, null, 403);
        }
    }

    [Fact]
    public async Task A_group_administrator_manages_roles_within_the_group_and_nowhere_else()
    {
        await Host.Data.GroupAsync("physics", "pia", "paul");
        await Host.Data.GroupAsync("maths", "max");
        await Host.Data.GrantAsync("gus", "admin:groups!group=physics", "admin:users!group=physics", "servers!group=physics", "read:roles!group=physics", "read:users!group=physics");
        var gus = await Host.Data.UserTokenAsync("gus");
        await Host.AskAsync(gus, "POST roles", """{"name": "physics-aide", "scopes": ["servers!group=physics"]}""", 201);
        await Host.AskAsync(gus, "PUT roles/physics-aide/users/pia", null, 201);
        await Host.AskAsync(gus, "PUT roles/physics-aide/groups/physics", null, 201);
        Assert.Equal(["pia"], (await Host.AskAsync(gus, "GET roles/physics-aide"))!["users"].Names());

        // For the group, one's own means every member's, today's and later ones'.
        await Host.AskAsync(gus, "POST roles", """{"name": "physics-own", "scopes": ["servers!user"], "groups": ["physics"]}""", 201);
        await Host.AskAsync(gus, "POST roles", """{"name": "physics-all", "scopes": ["servers!user"]}""", 403);

        await Host.AskAsync(gus, "PUT roles/physics-aide/users/max", null, 404);
        await Host.AskAsync(gus, "PUT roles/physics-aide/groups/maths", null, 404);
        await Host.AskAsync(gus, "PATCH roles/physics-aide", """{"scopes": ["servers"]}""", 403);
        await Host.AskAsync(gus, "PATCH roles/physics-aide", """{"scopes": ["tokens!group=physics"]}""", 403);
        await Host.AskAsync(gus, "POST roles", """{"name": "physics-max", "scopes": ["servers!group=physics"], "users": ["max"]}""", 403);
        await Host.AskAsync(gus, "POST roles", """{"name": "physics-max", "scopes": ["servers!user=max"]}""", 403);

        // Once somebody outside holds it, it is no longer theirs to change.
        var root = await Host.Data.UserTokenAsync("root");
        await Host.AskAsync(root, "PUT roles/physics-aide/users/max", null, 201);
        using var refused = await Host.RoleAsync("DELETE", "roles/physics-aide/users/pia", gus);
        Assert.DoesNotContain("max", await refused.ApiErrorAsync(403), StringComparison.Ordinal);
        await Host.AskAsync(root, "DELETE roles/physics-aide/users/max", null, 204);
        await Host.AskAsync(gus, "DELETE roles/physics-aide", null, 204);
    }

    [Fact]
    public async Task What_one_holds_only_for_present_members_cannot_be_given_to_later_ones()
    {
        await Host.Data.GroupAsync("chem", "carl");
        await Host.Data.GrantAsync("cleo", "admin:groups!group=chem", "tokens!user=carl", "read:users!user=carl");
        var cleo = await Host.Data.UserTokenAsync("cleo");
        await Host.AskAsync(cleo, "POST roles", """{"name": "chem-own", "scopes": ["tokens!user"], "groups": ["chem"]}""", 403);
        await Host.AskAsync(cleo, "POST roles", """{"name": "chem-carl", "scopes": ["tokens!user=carl"], "groups": ["chem"]}""", 201);
    }

    [Fact]
    public async Task What_others_share_is_not_for_handing_on()
    {
        var server = await Host.Data.SpawnerAsync("owner-of-shared", "");
        var owner = await Host.Data.UserAsync("owner-of-shared");
        var friend = await Host.Data.UserAsync("friend");
        await Host.Data.GrantAsync("friend", "admin:users!user=friend");
        await Host.Data.AddAsync(new JupyterHub.Core.Shares.Share
        {
            OwnerId = owner.Id, SpawnerId = server.Id, UserId = friend.Id, Scopes = ["access:servers!server=owner-of-shared/"], CreatedAt = DateTime.UtcNow,
        });
        var token = await Host.Data.UserTokenAsync("friend");
        Assert.Contains("access:servers!server=owner-of-shared/", (await Host.AskAsync(token, "GET user"))!["scopes"].Texts());
        await Host.AskAsync(token, "POST roles", """{"name": "kept-share", "scopes": ["access:servers!server=owner-of-shared/"], "users": ["friend"]}""", 403);
    }

    [Theory]
    [InlineData("inherit")]
    [InlineData("inherit!user=ada")]
    [InlineData("admin:everything")]
    [InlineData("servers!planet=mars")]
    [InlineData("servers!user=")]
    [InlineData("self!group")]
    [InlineData("")]
    public async Task A_scope_that_no_role_can_hold_is_refused(string scope)
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.AskAsync(root, "POST roles", new JsonObject { ["name"] = "never", ["scopes"] = new JsonArray(scope) }.ToJsonString(), 400);
        Assert.DoesNotContain(await Host.Data.ListAsync<HubRole>(), role => role.Name == "never");
    }

    [Fact]
    public async Task The_role_of_tokens_is_given_to_nobody()
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.Data.UserAsync("tok");
        await Host.AskAsync(root, "PUT roles/token/users/tok", null, 400);
    }

    [Fact]
    public async Task Only_people_with_the_admin_flag_give_or_take_the_role_admin_and_the_flag_follows()
    {
        var everything = (await Host.Data.ListAsync<HubRole>()).Single(role => role.Name == "admin").Scopes.Append("self").ToArray();
        await Host.Data.GrantAsync("vice", everything);
        var vice = await Host.Data.UserTokenAsync("vice");
        await Host.Data.UserAsync("climber");
        var service = await Host.Data.ServiceTokenAsync("almighty", everything);
        foreach (var token in new[] { vice, service })
        {
            using var refused = await Host.RoleAsync("PUT", "roles/admin/users/climber", token);
            Assert.Equal("Only admins can grant or take admin permissions", await refused.ApiErrorAsync(403));
            using var kept = await Host.RoleAsync("DELETE", "roles/admin/users/root", token);
            Assert.Equal("Only admins can grant or take admin permissions", await kept.ApiErrorAsync(403));
        }

        var root = await Host.Data.UserTokenAsync("root");
        await Host.AskAsync(root, "PUT roles/admin/users/climber", """{"expires_in": 60}""", 400);
        await Host.Data.GroupAsync("climbers", "climber");
        await Host.AskAsync(root, "PUT roles/admin/groups/climbers", null, 400);
        Assert.False((await Host.Data.UserAsync("climber")).Admin);
        await Host.AskAsync(root, "PUT roles/admin/users/climber", null, 201);
        Assert.True((await Host.Data.UserAsync("climber")).Admin);
        await Host.AskAsync(root, "DELETE roles/admin/users/climber", null, 204);
        Assert.False((await Host.Data.UserAsync("climber")).Admin);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("user")]
    [InlineData("server")]
    [InlineData("token")]
    public async Task Default_roles_are_neither_changed_nor_deleted(string role)
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.AskAsync(root, $"PATCH roles/{role}", """{"scopes": []}""", 409);
        await Host.AskAsync(root, $"PATCH roles/{role}", """{"description": "mine"}""", 409);
        await Host.AskAsync(root, $"PATCH roles/{role}", """{"expires_in": 1}""", 409);
        await Host.AskAsync(root, $"DELETE roles/{role}", null, 409);
        await Host.AskAsync(root, "POST roles", $$"""{"name": "{{role}}"}""", 409);
    }

    [Fact]
    public async Task Every_user_keeps_the_role_user()
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.Data.UserAsync("keeper");
        await Host.AskAsync(root, "DELETE roles/user/users/keeper", null, 409);
        await Host.AskAsync(root, "PUT roles/user/users/keeper", """{"expires_in": 1}""", 409);
    }

    [Fact]
    public async Task What_the_configuration_says_of_a_role_stays_and_the_role_can_still_be_given()
    {
        var root = await Host.Data.UserTokenAsync("root");
        var configured = await Host.Data.AddAsync(new HubRole { Name = "configured", Scopes = ["read:hub"] });
        var held = await Host.Data.UserAsync("held-by-configuration");
        await Host.Data.AddAsync(new UserRole { RoleId = configured.Id, UserId = held.Id });
        await Host.Data.UserAsync("given");
        await Host.AskAsync(root, "PATCH roles/configured", """{"scopes": []}""", 409);
        await Host.AskAsync(root, "DELETE roles/configured", null, 409);
        await Host.AskAsync(root, "DELETE roles/configured/users/held-by-configuration", null, 409);
        await Host.AskAsync(root, "PUT roles/configured/users/held-by-configuration", """{"expires_in": 60}""", 409);
        await Host.AskAsync(root, "PUT roles/configured/users/held-by-configuration", null, 200);
        await Host.AskAsync(root, "PUT roles/configured/users/given", null, 201);
        await Host.AskAsync(root, "DELETE roles/configured/users/given", null, 204);
    }

    [Fact]
    public async Task Of_a_hundred_racing_creations_one_wins()
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.Data.UserAsync("racer");
        var statuses = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using var answer = await Host.RoleAsync("POST", "roles", root, """{"name": "raced", "scopes": ["read:hub"], "users": ["racer"]}""");
            return (int)answer.StatusCode;
        }));
        Assert.Equal(99, statuses.Count(status => status == 409));
        Assert.Equal(1, statuses.Count(status => status == 201));
        var role = Assert.Single(await Host.Data.ListAsync<HubRole>(), role => role.Name == "raced");
        Assert.Single(await Host.Data.ListAsync<UserRoleOrigin>(), origin => origin.RoleId == role.Id);
    }

    [Fact]
    public async Task Racing_assignments_and_deletions_leave_no_orphan()
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.Data.UserAsync("racer2");
        for (var round = 0; round < 5; round++)
        {
            await Host.AskAsync(root, "POST roles", """{"name": "raced2"}""", 201);
            var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
            {
                using var answer = await Host.RoleAsync(number == 10 ? "DELETE" : "PUT", number == 10 ? "roles/raced2" : "roles/raced2/users/racer2", root);
                return (int)answer.StatusCode;
            }));
            Assert.DoesNotContain(statuses, status => status >= 500);
            Assert.DoesNotContain(await Host.Data.ListAsync<HubRole>(), role => role.Name == "raced2");
        }

        var ids = (await Host.Data.ListAsync<HubRole>()).Select(role => role.Id).ToHashSet();
        Assert.All(await Host.Data.ListAsync<UserRoleOrigin>(), origin => Assert.Contains(origin.RoleId, ids));
        Assert.All(await Host.Data.ListAsync<RoleOrigin>(), origin => Assert.Contains(origin.RoleId, ids));
    }

    [Fact]
    public async Task Nobody_gives_by_a_membership_that_ends_meanwhile()
    {
        // Whatever the order, either the assignment came first, or the person had left and it was refused.
        await Host.Data.GroupAsync("leaving", "lea");
        await Host.Data.GrantAsync("leader", "admin:groups!group=leaving", "admin:users!group=leaving", "read:users!group=leaving", "servers!group=leaving");
        var leader = await Host.Data.UserTokenAsync("leader");
        await Host.AskAsync(leader, "POST roles", """{"name": "leaver", "scopes": ["servers!group=leaving"]}""", 201);
        var lea = await Host.Data.UserAsync("lea");
        for (var round = 0; round < 10; round++)
        {
            var assign = Host.RoleAsync("PUT", "roles/leaver/users/lea", leader);
            var leave = Host.Database.WriteAsync(
                async (db, token) =>
                {
                    var roles = await db.UserRoles.Where(row => row.UserId == lea.Id && row.Role!.Name == "leaver").AnyAsync(token);
                    db.UserGroups.RemoveRange(db.UserGroups.Where(row => row.UserId == lea.Id));
                    return roles;
                },
                CancellationToken.None);
            var wasFirst = await leave;
            using var answer = await assign;
            Assert.Equal(wasFirst, (int)answer.StatusCode == 201);
            await Host.Database.WriteAsync(
                async (db, token) =>
                {
                    db.UserRoles.RemoveRange(db.UserRoles.Where(row => row.UserId == lea.Id && row.Role!.Name == "leaver"));
                    var group = db.Groups.Single(row => row.Name == "leaving");
                    db.UserGroups.Add(new JupyterHub.Core.Groups.UserGroup { GroupId = group.Id, UserId = lea.Id });
                    await db.SaveChangesAsync(token);
                    return true;
                },
                CancellationToken.None);
        }
    }

    [Theory]
    [InlineData("""{"name": "ab"}""")]
    [InlineData("""{"name": "Upper"}""")]
    [InlineData("""{"name": "preview"}""")]
    [InlineData("""{"name": "a b c"}""")]
    [InlineData("""{"name": 5}""")]
    [InlineData("""{"name": "\ud800aa"}""")]
    [InlineData("""{}""")]
    [InlineData("""{"name": "okay", "planet": 1}""")]
    [InlineData("""{"name": "okay", "scopes": "self"}""")]
    [InlineData("""{"name": "okay", "scopes": null}""")]
    [InlineData("""{"name": "okay", "scopes": [1]}""")]
    [InlineData("""{"name": "okay", "scopes": [null]}""")]
    [InlineData("""{"name": "okay", "scopes": ["\ud800"]}""")]
    [InlineData("""{"name": "okay", "users": {}}""")]
    [InlineData("""{"name": "okay", "description": 5}""")]
    [InlineData("""{"name": "okay", "expires_in": 0}""")]
    [InlineData("""{"name": "okay", "expires_in": -1}""")]
    [InlineData("""{"name": "okay", "expires_in": 1e300}""")]
    [InlineData("""{"name": "okay", "expires_in": "soon"}""")]
    [InlineData("""{"name": "okay", "expires_in": true}""")]
    [InlineData("""{"name": "okay", "expires_at": "soon"}""")]
    [InlineData("""{"name": "okay", "expires_at": 5}""")]
    [InlineData("""{"name": "okay", "expires_at": "2001-01-01T00:00:00Z"}""")]
    [InlineData("""{"name": "okay", "expires_at": "9999-12-31T23:59:59Z"}""")]
    [InlineData("""{"name": "okay", "expires_at": "2030-01-01T00:00:00Z", "expires_in": 5}""")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    public async Task A_wrong_body_makes_nothing(string body)
    {
        var root = await Host.Data.UserTokenAsync("root");
        using var answer = await Host.RoleAsync("POST", "roles", root, body);
        Assert.InRange((await answer.ApiErrorAsync(400)).Length, 1, 400);
        Assert.DoesNotContain(await Host.Data.ListAsync<HubRole>(), role => role.Name == "okay");
    }

    [Fact]
    public async Task Input_is_bounded()
    {
        var root = await Host.Data.UserTokenAsync("root");
        foreach (var body in new[]
        {
            new JsonObject { ["name"] = new string('a', 256) },
            new JsonObject { ["name"] = "bounded", ["description"] = new string('a', 1024) },
            new JsonObject { ["name"] = "bounded", ["scopes"] = new JsonArray([.. Enumerable.Range(0, 1001).Select(number => JsonValue.Create($"servers!user=u{number}"))]) },
            new JsonObject { ["name"] = "bounded", ["scopes"] = new JsonArray("servers!user=" + new string('x', 2048)) },
            new JsonObject { ["name"] = "bounded", ["users"] = new JsonArray([.. Enumerable.Range(0, 1001).Select(number => JsonValue.Create($"u{number}"))]) },
        })
        {
            await Host.AskAsync(root, "POST roles", body.ToJsonString(), 400);
        }

        await Host.AskAsync(root, "POST roles", """{"name": "nobodys", "users": ["nobody-at-all"]}""", 404);
        Assert.DoesNotContain(await Host.Data.ListAsync<HubRole>(), role => role.Name is "bounded" or "nobodys");
        await Host.AskAsync(root, "PUT roles/user/users/nobody-at-all", null, 404);
        await Host.AskAsync(root, "PUT roles/no-such-role/users/root", null, 404);
        await Host.AskAsync(root, "PATCH roles/no-such-role", "{}", 404);
        await Host.AskAsync(root, "GET roles/%F0%9F%A6%8A", null, 404);
    }

    [Fact]
    public async Task Of_roles_and_holders_is_shown_what_may_be_read()
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.Data.GroupAsync("readers", "rita");
        await Host.Data.UserAsync("ralf");
        await Host.AskAsync(root, "POST roles", """{"name": "read-rita", "scopes": ["read:hub"], "users": ["rita", "ralf"]}""", 201);
        await Host.AskAsync(root, "POST roles", """{"name": "read-ralf", "scopes": ["read:hub"], "users": ["ralf"]}""", 201);
        await Host.AskAsync(root, "POST roles", """{"name": "read-none", "scopes": ["read:hub"]}""", 201);

        var filtered = await Host.Data.ServiceTokenAsync("filtered-reader", "read:roles!group=readers");
        var narrow = await Host.Data.ServiceTokenAsync("narrow-reader", "read:roles:users!user=rita");
        var wide = await Host.Data.ServiceTokenAsync("wide-reader", "read:roles");
        Assert.Equal(["read-rita", "user"], await ListAsync(filtered));
        Assert.Equal(["read-rita", "user"], await ListAsync(narrow));
        Assert.Empty(new[] { "admin", "read-none", "read-ralf", "read-rita", "server", "token", "user" }.Except(await ListAsync(wide)));

        var seen = await Host.AskAsync(filtered, "GET roles/read-rita");
        Assert.Equal(["rita"], seen!["users"].Names());
        Assert.Equal(["read:hub"], seen["scopes"].Texts());
        Assert.Null(seen["creator"]);
        var named = await Host.AskAsync(narrow, "GET roles/read-rita");
        Assert.False(named!.ContainsKey("scopes"));
        Assert.Equal(["rita"], named["users"].Names());
        await Host.AskAsync(filtered, "GET roles/read-ralf", null, 404);
        await Host.AskAsync(filtered, "GET roles/read-none", null, 404);
        Assert.Equal(["ralf", "rita"], (await Host.AskAsync(wide, "GET roles/read-rita"))!["users"].Names());
        Assert.Equal(["rita"], (await Host.AskAsync(wide, "GET roles/read-rita?offset=1&limit=1"))!["users"].Names());
    }

    [Fact]
    public async Task The_list_is_paged()
    {
        var root = await Host.Data.UserTokenAsync("root");
        var request = Host.NewRequest("GET", "/hub/api/roles?limit=2&offset=1");
        request.Headers.TryAddWithoutValidation("Authorization", $"token {root}");
        request.Headers.TryAddWithoutValidation("Accept", "application/jupyterhub-pagination+json");
        using var answer = await Host.Client.SendAsync(request);
        var page = await answer.JsonAsync();
        Assert.Equal(2, page["items"]!.AsArray().Count);
        Assert.Equal((await Host.Data.ListAsync<HubRole>()).Count, (int)page["_pagination"]!["total"]!);
        Assert.Equal(3, (int)page["_pagination"]!["next"]!["offset"]!);
    }

    [Fact]
    public async Task Nothing_that_the_original_does_not_know_is_written_into_its_tables()
    {
        var root = await Host.Data.UserTokenAsync("root");
        await Host.AskAsync(root, "POST roles", """{"name": "foreign", "scopes": ["self", "servers!", "custom-not"]}""", 400);
        await Host.AskAsync(root, "POST roles", """{"name": "foreign", "scopes": ["self", "servers!"], "users": ["root"], "expires_in": 60}""", 201);
        var role = (await Host.Data.ListAsync<HubRole>()).Single(role => role.Name == "foreign");
        Assert.Equal(["self", "servers"], role.Scopes.Order(StringComparer.Ordinal));
        Assert.False(role.ManagedByAuth);
    }

    private async Task<IEnumerable<string>> ListAsync(string token)
    {
        using var answer = await Host.RoleAsync("GET", "roles", token);
        return JsonNode.Parse(await answer.TextAsync()).Names();
    }
}
