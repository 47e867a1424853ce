using System.Text.Json.Nodes;
using JupyterHub.Core.Tokens;
using JupyterHub.Testing;

namespace JupyterHub.Core.Tests.Hosting;

/// <summary>A start on a database that agrees with the configuration already writes nothing; one on an older database works.</summary>
public sealed class RestartTests
{
    [Theory]
    [InlineData("rest-matrix-hub.json", "root ada grace")]
    [InlineData("browser-matrix-hub.json", null)]
    [InlineData("lifecycle-hub.json", "chief shrink-ann access-guest share-member share-owner code-owner expiry-owner")]
    public async Task A_second_start_with_the_same_file_writes_nothing(string file, string? users)
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartWithFileAsync(file);

        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Data(file)))!["JupyterHub"]!;
        Assert.Equal(settings["Services"]!.AsArray().Count, (await hub.Database.ListAsync<HubToken>()).Count);
        Assert.Equal(settings["LoadRoles"]!.AsArray().Count + 4, (await hub.RolesAsync()).Count);
        if (users is not null)
        {
            Assert.Equal(users.Split(' '), await hub.UsersAsync());
        }

        await hub.StartInVainAsync(() => hub.StartWithFileAsync(file));
    }

    [Fact]
    public async Task A_second_start_with_everything_declared_writes_nothing()
    {
        const string Section = """
            "AdminUsers": ["root"], "AllowedUsers": ["ada"], "BlockedUsers": ["mallory"], "ExtraUserScopes": ["read:hub"],
            "CustomScopes": { "custom:grades:read": { "Description": "Read grades" } },
            "LoadGroups": { "physics": { "Users": ["mallory", "grace"], "Properties": { "b": 1, "a": [2] } } },
            "Services": [
              { "Name": "one", "ApiToken": "one-token-0123", "Url": "http://127.0.0.1:9001/x", "Info": { "a": 1 }, "Environment": { "A": "b" }, "OauthClientAllowedScopes": ["read:users", "list:users"] },
              { "Name": "two", "Admin": true } ],
            "LoadRoles": [
              { "Name": "user", "Description": "Everyone" }, { "Name": "server", "Scopes": ["users:activity!user", "access:servers!server", "read:hub"] },
              { "Name": "reader", "Scopes": ["read:users", "list:users", "custom:grades:read"], "Users": ["ada"], "Groups": ["physics", "staff"], "Services": ["one"] } ]
            """;
        await using var hub = await StartingHub.CreateAsync();
        await hub.StartAsync(Section);

        await hub.StartInVainAsync(() => hub.StartAsync(Section));
    }

    [Theory]
    [InlineData("3.0.0.upgraded-6.0.0b2")]
    [InlineData("5.5.1.upgraded-6.0.0b2")]
    [InlineData("6.0.0b2")]
    public async Task A_database_of_the_original_is_started_on_and_keeps_its_users_groups_and_foreign_services(string recorded)
    {
        await using var hub = await StartingHub.OnCopyOfAsync(recorded);
        var users = await hub.UsersAsync();
        var members = await hub.ReadAsync(db => db.UserGroups);

        await hub.StartAsync("\"LoadRoles\": [ { \"Name\": \"culler\", \"Scopes\": [\"list:users\"], \"Services\": [\"culler\"] } ], \"Services\": [ { \"Name\": \"culler\" } ]");

        Assert.Equal(users, await hub.UsersAsync());
        Assert.Equal(members.Count, (await hub.ReadAsync(db => db.UserGroups)).Count);
        Assert.Equal(["service culler"], await hub.HoldersAsync("culler"));
        Assert.Contains("user alice", await hub.HoldersAsync("admin"));
        Assert.Contains("user alice", await hub.HoldersAsync("user"));
        Assert.DoesNotContain("reader", await hub.RolesAsync());
        Assert.Contains("shares", (await hub.RoleAsync("admin")).Scopes);
        await hub.StartInVainAsync(() => hub.StartAsync("\"LoadRoles\": [ { \"Name\": \"culler\", \"Scopes\": [\"list:users\"], \"Services\": [\"culler\"] } ], \"Services\": [ { \"Name\": \"culler\" } ]"));
    }

    [Fact]
    public async Task A_database_from_before_there_were_roles_gives_everybody_the_default_ones()
    {
        await using var hub = await StartingHub.CreateAsync();
        await hub.Database.AddUserAsync("ada");
        await hub.Database.AddUserAsync("root", admin: true);

        await hub.StartAsync("\"LoadRoles\": [ { \"Name\": \"reader\" } ]");

        Assert.Equal(["user ada", "user root"], await hub.HoldersAsync("user"));
        Assert.Equal(["user root"], await hub.HoldersAsync("admin"));
    }
}
