using JupyterHub.Core.Roles;

namespace JupyterHub.Core.Tests.Hosting;

/// <summary>A start makes roles and who holds them what the configuration declares (contract 5).</summary>
public sealed class DeclaredRolesTests
{
    [Fact]
    public async Task A_fresh_hub_has_the_default_roles_and_the_users_that_are_named()
    {
        await using var hub = await StartingHub.CreateAsync();

        await hub.StartAsync("""
            "AdminUsers": ["Root"], "AllowedUsers": ["ada"],
            "LoadGroups": { "physics": { "Users": ["grace"] } },
            "LoadRoles": [ { "Name": "reader", "Scopes": ["read:users", "list:users"], "Description": "Reads", "Users": ["edsger"], "Groups": ["chemistry"] } ]
            """);

        Assert.Equal(["root", "ada", "grace", "edsger"], await hub.UsersAsync());
        Assert.Equal(["admin", "reader", "server", "token", "user"], await hub.RolesAsync());
        Assert.Equal(["user root"], await hub.HoldersAsync("admin"));
        Assert.Equal(["user ada", "user edsger", "user grace", "user root"], await hub.HoldersAsync("user"));
        Assert.Equal(["group chemistry", "user edsger"], await hub.HoldersAsync("reader"));
        Assert.True((await hub.UserAsync("root")).Admin);
        Assert.False((await hub.UserAsync("ada")).Admin);
        var reader = await hub.RoleAsync("reader");
        Assert.Equal(("Reads", "list:users read:users"), (reader.Description, string.Join(' ', reader.Scopes)));
        Assert.Null(reader.Origin);
    }

    [Fact]
    public async Task What_is_not_declared_any_more_goes()
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync("""
            "LoadGroups": { "physics": [] },
            "LoadRoles": [
              { "Name": "gone", "Scopes": ["read:hub"], "Users": ["ada"] },
              { "Name": "kept", "Scopes": ["read:hub"], "Users": ["ada", "grace"], "Groups": ["physics"] } ]
            """);

        await hub.StartAsync("""
            "LoadRoles": [ { "Name": "kept", "Scopes": ["read:users"], "Users": ["grace", "edsger"] } ]
            """);

        Assert.Equal(["admin", "kept", "server", "token", "user"], await hub.RolesAsync());
        Assert.Equal(["user edsger", "user grace"], await hub.HoldersAsync("kept"));
        Assert.Equal(["read:users"], (await hub.RoleAsync("kept")).Scopes);
        Assert.Equal(["ada", "grace", "edsger"], await hub.UsersAsync());
        Assert.Contains(hub.Logs.Lines, line => line.Contains("gone", StringComparison.Ordinal));
        Assert.Contains(hub.Logs.Lines, line => line.Contains("gains scopes", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "user ada|user grace")]
    [InlineData("\"Users\": [\"grace\"]", "user grace")]
    [InlineData("\"Users\": []", "")]
    [InlineData("\"Users\": null", "user ada|user grace")]
    public async Task Of_the_role_user_no_list_keeps_the_holders_and_an_empty_list_takes_them(string users, string holders)
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync("\"LoadGroups\": { \"physics\": [\"ada\", \"grace\"] }");

        await hub.StartAsync($$"""
            "LoadRoles": [ { "Name": "user", "Scopes": ["self", "read:hub"]{{(users.Length > 0 ? ", " + users : "")}} } ]
            """);

        Assert.Equal(holders, string.Join('|', await hub.HoldersAsync("user")));
        Assert.Equal(["read:hub", "self"], (await hub.RoleAsync("user")).Scopes);
    }

    [Theory]
    [InlineData("", "user ada|user root")]
    [InlineData("\"LoadRoles\": [ { \"Name\": \"admin\" } ]", "user ada|user root")]
    [InlineData("\"LoadRoles\": [ { \"Name\": \"admin\", \"Users\": [\"ada\"] } ]", "user ada")]
    [InlineData("\"LoadRoles\": [ { \"Name\": \"admin\", \"Users\": [\"ada\"] } ], \"AdminUsers\": [\"grace\"]", "user ada|user grace")]
    public async Task An_explicit_list_of_administrators_wins_and_otherwise_nobody_loses_the_flag(string section, string holders)
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync("\"AdminUsers\": [\"root\", \"ada\"]");

        await hub.StartAsync(section);

        Assert.Equal(holders, string.Join('|', await hub.HoldersAsync("admin")));
        Assert.Equal(holders.Contains("root", StringComparison.Ordinal), (await hub.UserAsync("root")).Admin);
    }

    [Fact]
    public async Task Extra_scopes_of_users_and_custom_scopes_reach_the_roles()
    {
        await using var hub = await StartingHub.CreateAsync();

        await hub.StartAsync("""
            "CustomScopes": { "custom:grades:write": { "Description": "Enter grades", "Subscopes": ["custom:grades:read"] }, "custom:grades:read": { "Description": "Read grades" } },
            "ExtraUserScopes": ["custom:grades:read"],
            "LoadRoles": [ { "Name": "grader", "Scopes": ["custom:grades:write!group=physics"] } ]
            """);

        Assert.Equal(["custom:grades:read", "self"], (await hub.RoleAsync("user")).Scopes);
        Assert.Equal(["custom:grades:write!group=physics"], (await hub.RoleAsync("grader")).Scopes);
    }

    [Fact]
    public async Task What_the_api_made_is_left_alone()
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync("\"LoadRoles\": [ { \"Name\": \"reader\", \"Scopes\": [\"read:hub\"], \"Users\": [\"ada\"] } ], \"LoadGroups\": { \"physics\": [\"grace\"] }");
        await MakeRoleAsync(hub, "of-the-api", "grace");
        await GrantAsync(hub, "reader", "grace");

        await hub.StartAsync("\"LoadRoles\": [ { \"Name\": \"reader\", \"Scopes\": [\"read:hub\"], \"Users\": [\"edsger\"] } ]");

        Assert.Equal(["user grace"], await hub.HoldersAsync("of-the-api"));
        Assert.Equal(["user edsger", "user grace"], await hub.HoldersAsync("reader"));
        Assert.Equal(RoleOrigins.Api, (await hub.RoleAsync("of-the-api")).Origin?.Origin);
        Assert.Equal(2, (await hub.Database.ListAsync<UserRoleOrigin>()).Count);
    }

    [Fact]
    public async Task What_the_api_gave_to_a_role_goes_with_the_role()
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync("\"LoadRoles\": [ { \"Name\": \"reader\", \"Scopes\": [\"read:hub\"], \"Users\": [\"ada\"] } ]");
        await GrantAsync(hub, "reader", "ada", replace: true);

        await hub.StartAsync();

        Assert.DoesNotContain("reader", await hub.RolesAsync());
        Assert.Empty(await hub.Database.ListAsync<UserRoleOrigin>());
    }

    [Fact]
    public async Task A_declared_role_replaces_one_that_the_api_made_under_its_name()
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync("\"LoadGroups\": { \"physics\": [\"ada\", \"grace\"] }");
        await MakeRoleAsync(hub, "reader", "grace");

        await hub.StartAsync("\"LoadRoles\": [ { \"Name\": \"reader\", \"Scopes\": [\"admin:users\"], \"Users\": [\"ada\"] } ]");

        // Whoever made the role at run time has not been trusted with what the operator gives.
        Assert.Equal(["user ada"], await hub.HoldersAsync("reader"));
        Assert.Null((await hub.RoleAsync("reader")).Origin);
        Assert.Empty(await hub.Database.ListAsync<RoleOrigin>());
        Assert.Contains(hub.Logs.Lines, line => line.StartsWith("3104 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_declared_assignment_outlives_the_one_that_the_api_made_for_a_time()
    {
        await using var hub = await StartingHub.CreateAsync();
        const string Declared = "\"LoadRoles\": [ { \"Name\": \"reader\", \"Scopes\": [\"read:hub\"], \"Users\": [\"ada\"] } ]";
        await hub.StartAsync(Declared);
        await GrantAsync(hub, "reader", "ada", replace: true);

        await hub.StartAsync(Declared);

        Assert.Equal(["user ada"], await hub.HoldersAsync("reader"));
        Assert.Empty(await hub.Database.ListAsync<UserRoleOrigin>());
        await hub.StartInVainAsync(() => hub.StartAsync(Declared));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"LoadRoles\": [ { \"Name\": \"admin\", \"Users\": [\"root\"] } ]")]
    public async Task An_administrator_by_the_grace_of_the_api_stays_one_and_only_for_as_long_as_the_api_said(string section)
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync("\"AdminUsers\": [\"root\"], \"AllowedUsers\": [\"ada\"]");
        await GrantAsync(hub, "admin", "ada");
        var ada = await hub.UserAsync("ada");
        await hub.Database.Hub.WriteAsync(async (db, token) => (await db.Users.FindAsync([ada.Id], token))!.Admin = true, CancellationToken.None);

        await hub.StartAsync(section);

        Assert.True((await hub.UserAsync("ada")).Admin);
        Assert.Equal(["user ada", "user root"], await hub.HoldersAsync("admin"));
        Assert.NotNull(Assert.Single(await hub.Database.ListAsync<UserRoleOrigin>()).ExpiresAt);
    }

    [Fact]
    public async Task A_blocked_user_keeps_nothing_whatever_else_is_declared()
    {
        await using var hub = await StartingHub.CreateAsync();
        const string Declared = "\"AdminUsers\": [\"root\", \"mallory\"], \"LoadGroups\": { \"physics\": [\"mallory\", \"ada\"] }, \"LoadRoles\": [ { \"Name\": \"reader\", \"Scopes\": [\"read:hub\"], \"Users\": [\"mallory\"] } ]";
        await hub.StartAsync(Declared);
        await GrantAsync(hub, "server", "mallory");

        await hub.StartAsync(Declared + ", \"BlockedUsers\": [\"Mallory\"]");

        Assert.False((await hub.UserAsync("mallory")).Admin);
        Assert.Equal(["user root"], await hub.HoldersAsync("admin"));
        Assert.Equal(["user ada", "user root"], await hub.HoldersAsync("user"));
        Assert.Empty(await hub.HoldersAsync("reader"));
        Assert.Empty(await hub.HoldersAsync("server"));
        Assert.Single(await hub.ReadAsync(db => db.UserGroups));
        await hub.StartInVainAsync(() => hub.StartAsync(Declared + ", \"BlockedUsers\": [\"Mallory\"]"));
    }

    [Theory]
    [InlineData("\"LoadRoles\": [ { \"Name\": \"reader\", \"Users\": [\"ada\"] }, { \"Name\": \"culler\", \"Services\": [\"cull\"] } ]", "JupyterHub:LoadRoles:1 cannot be followed: Role 'culler' names the service 'cull', which is not defined")]
    [InlineData("\"LoadRoles\": [ { \"Name\": \"admin\", \"Scopes\": [\"self\"] } ]", "JupyterHub:LoadRoles:0 cannot be followed: Role 'admin' always means full control")]
    [InlineData("\"LoadRoles\": [ { \"Name\": \"reader\", \"Users\": [\"ada\", \"a/b\"] } ]", "JupyterHub:LoadRoles:0:Users:1 is \"a/b\", which cannot be the name of a user")]
    [InlineData("\"LoadGroups\": { \"physics\": [\"ada\", \" x\"] }", "JupyterHub:LoadGroups:physics:Users:1 is \" x\", which cannot be the name of a user")]
    [InlineData("\"AdminUsers\": [\"a/b\"]", "JupyterHub:AdminUsers:0 is \"a/b\", which cannot be the name of a user")]
    public async Task A_declaration_that_cannot_be_followed_changes_nothing(string section, string message)
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync("\"AdminUsers\": [\"root\"]");

        var line = await hub.FailAsync(section + ", \"Services\": [ { \"Name\": \"other\", \"ApiToken\": \"0123456789\" } ]");

        Assert.StartsWith(message, line, StringComparison.Ordinal);
    }

    private static async Task MakeRoleAsync(StartingHub hub, string name, string holder)
    {
        var role = await hub.Database.AddRoleAsync(name, "list:users");
        await hub.Database.AddAsync(new RoleOrigin { RoleId = role.Id, Origin = RoleOrigins.Api, Creator = "user root", CreatedAt = DateTime.UtcNow });
        await GrantAsync(hub, name, holder);
    }

    private static async Task GrantAsync(StartingHub hub, string role, string user, bool replace = false)
    {
        var (userId, roleId) = ((await hub.UserAsync(user)).Id, (await hub.RoleAsync(role)).Id);
        if (!replace)
        {
            await hub.Database.AddAsync(new UserRole { UserId = userId, RoleId = roleId });
        }

        await hub.Database.AddAsync(new UserRoleOrigin
        {
            UserId = userId, RoleId = roleId, Origin = RoleOrigins.Api, Creator = "user root", CreatedAt = DateTime.UtcNow, ExpiresAt = DateTime.UtcNow.AddDays(1),
        });
    }
}
