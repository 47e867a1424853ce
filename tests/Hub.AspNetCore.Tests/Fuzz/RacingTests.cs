using System.Text.Json.Nodes;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Tests.Fuzz;

/// <summary>A hundred requests about the same thing at once: each is answered, exactly one wins, and no row is left that belongs to nothing.</summary>
public sealed class RacingTests : IAsyncLifetime
{
    private const int Crowd = 100;

    private FuzzHub hub = null!;

    public async Task InitializeAsync() => hub = await FuzzHub.StartAsync();

    public async Task DisposeAsync() => await hub.DisposeAsync();

    /// <summary>Creation: one 201, all others 409. Deletion: one 2xx, all others 404.</summary>
    [Theory]
    [InlineData("users/racer")]
    [InlineData("groups/racer")]
    [InlineData("users/ada/servers/racer")]
    [InlineData("roles/racer")]
    [InlineData("services/racer")]
    public async Task Of_a_hundred_that_make_it_one_does_and_of_a_hundred_that_remove_it_one_does(string target)
    {
        var isServer = target.Contains("/servers/", StringComparison.Ordinal);
        var body = target.StartsWith("services", StringComparison.Ordinal) ? """{"api_token": "racer-token-0123", "display": false}""" : "{}";
        var made = await RaceAsync(_ => SendAsync(isServer ? "PUT" : "POST", target, body));
        Assert.Equal([(201, 1), (409, Crowd - 1)], Count(made));

        var removed = await RaceAsync(_ => SendAsync("DELETE", target, isServer ? """{"remove": true}""" : ""));
        if (isServer)
        {
            // Who asks for what is under way is told that it is (contract 2.5).
            Assert.Contains(204, removed);
            Assert.All(removed, status => Assert.Contains(status, new[] { 202, 204, 404 }));
            await Eventually.TrueAsync(async () => await SendAsync("GET", target, "") == 404);
        }
        else
        {
            Assert.Equal([(target.StartsWith("services", StringComparison.Ordinal) ? 200 : 204, 1), (404, Crowd - 1)], Count(removed));
        }

        Assert.Empty(await DatabaseCheck.FaultsAsync(hub.Host));
    }

    /// <summary>Creation and deletion of the same things mixed, with all that hangs on them; whatever is left is whole.</summary>
    [Fact]
    public async Task Making_and_removing_the_same_things_at_once_leaves_no_error_and_no_orphan()
    {
        (string Method, string Target, string Body)[] work =
        [
            ("POST", "users/racer", "{}"), ("DELETE", "users/racer", ""), ("POST", "users/racer/tokens", "{}"), ("POST", "users/racer/server", "{}"),
            ("POST", "users/racer/servers/lab", "{}"), ("DELETE", "users/racer/servers/lab", """{"remove": true}"""), ("DELETE", "users/racer/server", ""),
            ("POST", "groups/racers", """{"users": ["racer"]}"""), ("DELETE", "groups/racers", ""), ("POST", "groups/racers/users", """{"users": ["racer"]}"""),
            ("POST", "shares/racer/lab", """{"group": "racers"}"""), ("POST", "shares/racer/lab", """{"user": "ada"}"""), ("POST", "share-codes/racer/lab", "{}"),
            ("POST", "roles/racing", """{"users": ["racer"], "groups": ["racers"]}"""), ("DELETE", "roles/racing", ""), ("PUT", "roles/racing/users/racer", "{}"),
            ("PATCH", "users/racer", """{"admin": false}"""), ("POST", "users/racer/activity", """{"last_activity": "2024-01-01T00:00:00Z"}"""), ("GET", "users/racer", ""),
            ("POST", "services/racer", """{"display": false, "api_token": "racer-token-0123"}"""), ("DELETE", "services/racer", ""), ("PUT", "roles/racing/services/racer", "{}"),
        ];
        for (var round = 0; round < 3; round++)
        {
            var answers = await RaceAsync(number => SendAsync(work[number % work.Length].Method, work[number % work.Length].Target, work[number % work.Length].Body));
            Assert.DoesNotContain(answers, status => status >= 500);
        }

        // A removal that was told to wait is asked for again.
        await Eventually.TrueAsync(async () => await SendAsync("DELETE", "users/racer", "") == 404);
        await Eventually.TrueAsync(async () => (await DatabaseCheck.FaultsAsync(hub.Host)).Count == 0);
        Assert.DoesNotContain(await hub.Host.Data.ListAsync<HubUser>(), user => user.Name == "racer");
    }

    /// <summary>A hundred made at once are a hundred tokens; each is removed once, by whoever comes first.</summary>
    [Fact]
    public async Task Tokens_made_at_once_are_all_good_and_each_is_removed_once()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(async _ =>
        {
            using var answer = await hub.Host.SendAsync("POST", "/hub/api/users/ada/tokens", hub.Tokens[0], Answers.Json("{}"));
            return JsonNode.Parse(await answer.TextAsync())!;
        }));
        Assert.Equal(Crowd, made.Select(token => (string)token["id"]!).Distinct().Count());
        Assert.Equal(Crowd, made.Select(token => (string)token["token"]!).Distinct().Count());
        foreach (var token in made)
        {
            using var self = await hub.Host.SendAsync("GET", "/hub/api/user", (string)token["token"]!);
            Assert.Equal(HttpStatusCode.OK, self.StatusCode);
        }

        var removed = await RaceAsync(number => SendAsync("DELETE", $"users/ada/tokens/{(string)made[number / 4]["id"]!}", ""));
        Assert.Equal([(204, Crowd / 4), (404, Crowd - (Crowd / 4))], Count(removed));
        for (var number = 0; number < Crowd; number++)
        {
            using var self = await hub.Host.SendAsync("GET", "/hub/api/user", (string)made[number]["token"]!);
            Assert.Equal(number < Crowd / 4 ? HttpStatusCode.Forbidden : HttpStatusCode.OK, self.StatusCode);
        }

        Assert.Empty(await DatabaseCheck.FaultsAsync(hub.Host));
    }

    private static async Task<IReadOnlyList<int>> RaceAsync(Func<int, Task<int>> send) => await Eventually.Within(Task.WhenAll(Enumerable.Range(0, Crowd).Select(send)));

    private static IEnumerable<(int Status, int Times)> Count(IEnumerable<int> statuses) =>
        statuses.GroupBy(status => status).OrderBy(group => group.Key).Select(group => (group.Key, group.Count()));

    private async Task<int> SendAsync(string method, string target, string body)
    {
        using var answer = await hub.Host.SendAsync(method, $"/hub/api/{target}", hub.Tokens[0], body.Length == 0 ? null : Answers.Json(body));
        return (int)answer.StatusCode;
    }
}
