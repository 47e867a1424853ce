using System.Text.Json.Nodes;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Spawning;
using JupyterHub.Core.Tokens;
using JupyterHub.Core.Users;

namespace JupyterHub.Core.Tests.Servers;

public sealed class StartTests
{
    [Fact]
    public async Task A_started_server_has_its_rows_its_route_and_answers()
    {
        await using var hub = await Hub.CreateAsync();
        var operation = await hub.StartAsync();
        Assert.Null(await Hub.End(operation));

        var status = hub.Status();
        Assert.True(status.IsReady);
        Assert.Null(status.Pending);
        Assert.Equal(hub.Server.Address, status.Url);
        Assert.Equal(["/user/ada/api"], hub.Server.Targets);

        var route = Assert.Single(hub.Proxy.Routes).Value;
        Assert.Equal("/user/ada/", route.Routespec);
        Assert.Equal(hub.Server.Address, route.Target);
        Assert.Equal("""{"user":"ada","server_name":""}""", route.Data.ToJsonString());

        var row = await hub.RowAsync();
        Assert.Equal("server-1", row.State!["id"]!.GetValue<string>());
        Assert.NotNull(row.Started);
        Assert.Equal(row.Started, row.LastActivity);
        Assert.Equal("", row.DisplayName);
        Assert.Equal(row.Started, (await hub.Database.ListAsync<HubUser>()).Single().LastActivity);
        var server = Assert.Single(await hub.Database.ListAsync<HubServer>());
        Assert.Equal(("http", "127.0.0.1", hub.Server.Address.Port, "/user/ada/", "cookie"), (server.Proto, server.Ip, server.Port, server.BaseUrl, server.CookieName));
        Assert.Equal(server.Id, row.ServerId);
    }

    [Fact]
    public async Task Its_token_and_its_OAuth_client_are_the_same_secret()
    {
        await using var hub = await Hub.CreateAsync();
        Assert.Null(await hub.RunAsync());

        var clear = hub.Spawner.Requests.Single().HubEnvironment["JUPYTERHUB_API_TOKEN"];
        Assert.Matches("^[0-9a-f]{32}$", clear);
        var token = Assert.Single(await hub.ServerTokensAsync());
        Assert.True(TokenHash.Verify(clear, token.Hashed));
        Assert.StartsWith("sha512:1:", token.Hashed, StringComparison.Ordinal);
        Assert.Equal(clear[..4], token.Prefix);
        Assert.Equal("jupyterhub", token.ClientId);
        Assert.Equal("Server at /user/ada/", token.Note);
        Assert.Null(token.ExpiresAt);
        Assert.Equal(["access:servers!server=ada/", "users:activity!user"], token.Scopes.Order(StringComparer.Ordinal));

        var client = Assert.Single(await hub.ServerClientsAsync());
        Assert.Equal("jupyterhub-user-ada", client.Identifier);
        Assert.True(TokenHash.Verify(clear, client.Secret!));
        Assert.StartsWith("sha512:16384:", client.Secret, StringComparison.Ordinal);
        Assert.Equal("/user/ada/oauth_callback", client.RedirectUri);
        Assert.Equal("Server at /user/ada/", client.Description);
        Assert.Equal(["access:servers!server=ada/"], client.AllowedScopes);
        Assert.Equal(client.Identifier, (await hub.RowAsync()).OAuthClientId);
    }

    [Fact]
    public async Task A_server_s_token_never_gives_more_than_its_owner_holds()
    {
        await using var hub = await Hub.CreateAsync();
        hub.SpawnerOptions.ServerTokenScopes = ["admin:users", "read:servers!server", "read:users:name!user"];
        Assert.Null(await hub.RunAsync(server: "lab"));

        // Of admin:users only what a user may do to itself is left; reporting activity is added.
        var scopes = Assert.Single(await hub.ServerTokensAsync()).Scopes;
        Assert.Contains("read:servers!server=ada/lab", scopes);
        Assert.Contains("users:activity!user", scopes);
        Assert.Contains("read:users:name!user", scopes);
        Assert.DoesNotContain("admin:users", scopes);
        Assert.DoesNotContain(scopes, scope => scope.StartsWith("delete:users", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_setting_the_role_server_says_what_its_token_may()
    {
        await using var hub = await Hub.CreateAsync();
        await hub.Database.AddRoleAsync("server", "users:activity!user", "access:servers!server", "read:users:name!user");
        Assert.Null(await hub.RunAsync());

        Assert.Contains("read:users:name!user", Assert.Single(await hub.ServerTokensAsync()).Scopes);
    }

    [Fact]
    public async Task A_scope_that_does_not_exist_fails_the_start_and_says_which_setting()
    {
        await using var hub = await Hub.CreateAsync();
        hub.SpawnerOptions.ServerTokenScopes = ["no:such:scope"];

        var failure = await hub.RunAsync();

        Assert.Contains("ServerTokenScopes", failure!.Message, StringComparison.Ordinal);
        Assert.Equal(0, hub.Spawner.Starts);
        await hub.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Given_options_are_saved_for_later_starts_and_an_empty_object_clears_them()
    {
        await using var hub = await Hub.CreateAsync();
        await hub.RunAsync(options: new JsonObject { ["size"] = "big" });
        await hub.StopAsync();
        await hub.RunAsync();
        await hub.StopAsync();
        await hub.RunAsync(options: []);
        await hub.StopAsync();
        await hub.RunAsync();

        Assert.Equal(["""{"size":"big"}""", """{"size":"big"}""", "{}", "{}"], hub.Spawner.Requests.Select(request => request.UserOptions.ToJsonString()));
        Assert.Empty((await hub.RowAsync()).UserOptions!);
    }

    [Fact]
    public async Task A_named_server_gets_its_row_its_path_and_its_name()
    {
        await using var hub = await Hub.CreateAsync();
        await hub.Database.AddUserAsync("bob@x/y z");

        // A name from before JupyterHub 6, which no new server may have.
        var owner = (await hub.Database.ListAsync<Users.HubUser>()).Single(user => user.Name == "bob@x/y z");
        await hub.Database.AddAsync(new HubSpawner { UserId = owner.Id, Name = "lab 1", DisplayName = "lab 1" });
        Assert.Null(await hub.RunAsync("bob@x/y z", "lab 1"));

        var request = hub.Spawner.Requests.Single();
        Assert.Equal("/user/bob@x%2Fy%20z/lab%201/", request.ServicePrefix);
        Assert.Equal("jupyterhub-user-bob%40x/y%20z-lab%201", request.HubEnvironment["JUPYTERHUB_CLIENT_ID"]);
        Assert.Equal("/user/bob@x%2Fy%20z/lab%201/api", hub.Server.Targets.Single());
        Assert.Equal("lab 1", (await hub.RowAsync("bob@x/y z", "lab 1")).DisplayName);
    }

    [Fact]
    public async Task A_name_that_looks_like_a_parent_folder_is_asked_for_as_it_is()
    {
        await using var hub = await Hub.CreateAsync();
        await hub.Database.AddUserAsync("..");
        Assert.Null(await hub.RunAsync(".."));

        Assert.Equal("/user/../api", hub.Server.Targets.Single());
    }

    [Theory]
    [InlineData(404)]
    [InlineData(302)]
    [InlineData(403)]
    public async Task Any_status_below_500_is_an_answer_and_redirects_are_not_followed(int status)
    {
        await using var hub = await Hub.CreateAsync();
        hub.Server.Status = status;

        Assert.Null(await hub.RunAsync());

        Assert.Single(hub.Server.Targets);
    }

    [Fact]
    public async Task A_server_that_answers_500_at_first_is_asked_again()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Server.Status = 500;
        var operation = await hub.StartAsync();
        await Hub.UntilAsync(() => hub.Server.Targets.Count >= 2);
        Assert.Equal("spawn", hub.Status().Pending);
        hub.Server.Status = 200;

        Assert.Null(await Hub.End(operation));
    }

    [Fact]
    public async Task Nobody_can_start_a_server_of_a_user_who_is_not_there()
    {
        await using var hub = await Hub.CreateAsync();

        var refusal = await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync("eve"));

        Assert.Equal(ServerOperationError.NotFound, refusal.Kind);
    }

    [Fact]
    public async Task A_name_with_a_slash_is_refused_and_leaves_no_row()
    {
        await using var hub = await Hub.CreateAsync();

        var refusal = await Assert.ThrowsAsync<ServerOperationException>(() => hub.StartAsync(server: "a/b"));

        Assert.Equal(ServerOperationError.AgainstRules, refusal.Kind);
        Assert.Empty(await hub.Database.ListAsync<HubSpawner>());
    }

    [Fact]
    public async Task Two_servers_whose_client_names_are_alike_do_not_share_a_login()
    {
        // "ada-lab"'s default server and "ada"'s server "lab" would be the same OAuth client.
        await using var hub = await Hub.CreateAsync();
        await hub.Database.AddUserAsync("ada-lab");
        Assert.Null(await hub.RunAsync("ada-lab"));
        var before = Assert.Single(await hub.ServerClientsAsync()).Secret;

        var failure = await hub.RunAsync("ada", "lab");

        Assert.Equal(ServerFailureReason.Refused, failure!.Reason);
        Assert.Equal(before, Assert.Single(await hub.ServerClientsAsync()).Secret);
        Assert.True(hub.Status("ada-lab").IsReady);
    }

    [Fact]
    public async Task The_spawner_s_messages_reach_those_who_watch_in_order()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Spawner.OnStart = (request, _) =>
        {
            request.Observer.Report("Pulling\nthe image", 20);
            request.Observer.Report("Almost", 400);
            return Task.FromResult(hub.Spawner.Launch());
        };
        var operation = await hub.StartAsync();
        var events = hub.ProgressAsync();
        await Hub.End(operation);

        // Whoever comes after the end sees the final event alone.
        var seen = await events;
        Assert.Equal((100, true, "/user/ada/"), (seen[^1].Percent, seen[^1].Ready, seen[^1].Url));
        Assert.Equal("Server ready at <a href=\"/user/ada/\">/user/ada/</a>", seen[^1].HtmlMessage);
        if (seen.Count > 1)
        {
            Assert.Equal([(0, "Server requested"), (20, "Pulling the image"), (99, "Almost")], seen.SkipLast(1).Select(item => (item.Percent, item.Message)));
        }
    }

    [Fact]
    public async Task What_a_spawner_saves_during_the_start_is_in_the_database_at_once()
    {
        await using var hub = await Hub.CreateAsync();
        var saved = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        hub.Spawner.OnStart = async (request, cancellationToken) =>
        {
            await request.Observer.SaveStateAsync(new JsonObject { ["id"] = "early" }, cancellationToken);
            saved.SetResult();
            await go.Task;
            return hub.Spawner.Launch();
        };
        var operation = await hub.StartAsync();
        await saved.Task;

        var row = await hub.RowAsync();
        Assert.Equal("early", row.State!["id"]!.GetValue<string>());
        // The row of the server is there from the beginning, without an address, as the original has it.
        Assert.Equal(0, Assert.Single(await hub.Database.ListAsync<HubServer>()).Port);
        go.SetResult();
        Assert.Null(await Hub.End(operation));
    }

    [Fact]
    public async Task A_spawner_that_tells_a_path_and_not_an_origin_fails_the_start()
    {
        await using var hub = await Hub.CreateAsync();
        hub.Spawner.Address = new Uri("http://127.0.0.1:1/secret?x");

        Assert.Equal(ServerFailureReason.Refused, (await hub.RunAsync())!.Reason);
        await hub.AssertNothingLeftAsync();
    }
}
