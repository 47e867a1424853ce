using System.Security.Cryptography;
using System.Text.Json.Nodes;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Listings of groups: who sees which, in parts, at a fixed cost; and many at once (contract 1.9, 2.7).</summary>
public sealed class GroupListingTests : IAsyncLifetime
{
    private HubHost host = null!;
    private string admin = "";

    public async Task InitializeAsync()
    {
        host = await HubHost.StartAsync();
        admin = await host.Data.UserTokenAsync("root");
    }

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_filter_limits_the_list_to_its_groups()
    {
        await host.Data.GroupAsync("one", "member");
        await host.Data.GroupAsync("two");
        await host.Data.GroupAsync("three");
        Assert.Equal(["one", "two", "three"], await NamesAsync(admin));
        Assert.Equal(["one", "three"], await NamesAsync(await host.Data.UserTokenAsync("root", "list:groups!group=three", "list:groups!group=one", "list:groups!group=gone")));
        var limited = await host.Data.UserTokenAsync("root", "list:groups!group=one");
        using var one = await host.SendAsync("GET", "/hub/api/groups", limited);
        Assert.Equal("""[{"kind":"group","name":"one"}]""", await one.TextAsync());
    }

    [Theory]
    [InlineData("list:groups!user=member")]
    [InlineData("list:groups!server=member/")]
    [InlineData("list:groups!service=member")]
    [InlineData("read:groups")]
    public async Task Other_filters_and_scopes_list_nothing(string scope)
    {
        await host.Data.GroupAsync("one", "member");
        using var answer = await host.SendAsync("GET", "/hub/api/groups", await host.Data.UserTokenAsync("root", scope));
        await answer.ApiErrorAsync(403);
    }

    [Fact]
    public async Task The_list_comes_in_parts()
    {
        await host.Database.WriteAsync((db, _) => { db.Groups.AddRange(Enumerable.Range(0, 250).Select(index => new HubGroup { Name = $"g{index:000}" })); return Task.FromResult(0); }, default);
        Assert.Equal(200, (await NamesAsync(admin)).Count);
        Assert.Equal(["g010", "g011"], await NamesAsync(admin, "?offset=10&limit=2"));
        Assert.Empty(await NamesAsync(admin, "?offset=99999999999999"));
        using var bad = await host.SendAsync("GET", "/hub/api/groups?limit=x", admin);
        await bad.ApiErrorAsync(400);

        var seen = new List<string>();
        var next = "/hub/api/groups?limit=100";
        while (next is not null)
        {
            var page = await PageAsync(next);
            Assert.Equal(250, (int)page["_pagination"]!["total"]!);
            seen.AddRange(page["items"]!.AsArray().Select(group => (string)group!["name"]!));
            next = page["_pagination"]!["next"] is { } link ? new Uri((string)link["url"]!).PathAndQuery : null;
        }

        Assert.Equal(Enumerable.Range(0, 250).Select(index => $"g{index:000}"), seen);
    }

    [Fact]
    public async Task A_page_costs_the_same_whatever_is_on_it()
    {
        await using var counted = await HubHost.StartAsync();
        using var counter = new SqlCounter(counted);
        var token = await counted.Data.UserTokenAsync("root");

        async Task<int> CountAsync(string query, HttpStatusCode status)
        {
            // Once before, so that only what every request costs is counted.
            for (var round = 0; ; round++)
            {
                await counted.Database.WriteAsync((_, _) => Task.FromResult(0), CancellationToken.None);
                counter.Take();
                using var answer = await counted.SendAsync("GET", "/hub/api/groups" + query, token);
                Assert.Equal(status, answer.StatusCode);
                await answer.TextAsync();
                if (round == 1)
                {
                    return counter.Take().Count;
                }
            }
        }

        await counted.Data.GroupAsync("small");
        var identification = await CountAsync("?limit=nothing", HttpStatusCode.BadRequest);
        var few = await CountAsync("", HttpStatusCode.OK);
        await counted.Database.WriteAsync(
            (db, _) =>
            {
                foreach (var index in Enumerable.Range(0, 199))
                {
                    var group = new HubGroup { Name = $"g{index}" };
                    group.Members.Add(new UserGroup { User = NewUser($"u{index}") });
                    db.Groups.Add(group);
                }

                return Task.FromResult(0);
            },
            default);
        var many = await CountAsync("", HttpStatusCode.OK);
        Assert.Equal(few, many);
        Assert.InRange(many - identification, 1, 5);
    }

    [Fact]
    public async Task Ten_thousand_members_are_added_listed_and_removed()
    {
        var names = Enumerable.Range(0, 10_000).Select(index => $"crowd-{index}").ToList();
        await host.Database.WriteAsync((db, _) => { db.Users.AddRange(names.Select(NewUser)); return Task.FromResult(0); }, default);
        await host.Data.GroupAsync("crowd");
        var body = new JsonObject { ["users"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) }.ToJsonString();
        using var added = await host.SendAsync("POST", "/hub/api/groups/crowd/users", admin, Answers.Json(body));
        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        Assert.Equal(10_000, (await added.JsonAsync())["users"]!.AsArray().Count);
        using var removed = await host.SendAsync("DELETE", "/hub/api/groups/crowd/users", admin, Answers.Json(body));
        Assert.Empty((await removed.JsonAsync())["users"]!.AsArray());
        Assert.Empty(await host.Data.ListAsync<UserGroup>());
    }

    [Fact]
    public async Task Of_a_hundred_that_make_or_delete_the_same_group_one_wins()
    {
        var made = await TogetherAsync("POST", "/hub/api/groups/race", _ => null);
        Assert.Equal((1, 99), (made.Count(status => status == 201), made.Count(status => status == 409)));
        Assert.Single(await host.Data.ListAsync<HubGroup>());
        var deleted = await TogetherAsync("DELETE", "/hub/api/groups/race", _ => null);
        Assert.Equal((1, 99), (deleted.Count(status => status == 204), deleted.Count(status => status == 404)));
        Assert.Empty(await host.Data.ListAsync<HubGroup>());
    }

    [Fact]
    public async Task Members_that_race_with_the_end_of_their_group_leave_no_trace()
    {
        await host.Data.UserAsync("racer");
        await host.Data.GroupAsync("end");
        var adding = TogetherAsync("POST", "/hub/api/groups/end/users", _ => """{"users": ["racer"]}""");
        var deleting = TogetherAsync("DELETE", "/hub/api/groups/end", _ => null, count: 3);
        Assert.All(await adding, status => Assert.True(status is 200 or 404));
        Assert.Single(await deleting, status => status == 204);
        Assert.Empty(await host.Data.ListAsync<UserGroup>());
    }

    private static HubUser NewUser(string name) => new() { Name = name, CookieId = RandomNumberGenerator.GetHexString(32, lowercase: true) };

    private async Task<int[]> TogetherAsync(string method, string target, Func<int, string?> body, int count = 100) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(async index =>
        {
            var text = body(index);
            using var answer = await host.SendAsync(method, target, admin, text is null ? null : Answers.Json(text));
            return (int)answer.StatusCode;
        }));

    private async Task<List<string>> NamesAsync(string token, string query = "")
    {
        using var answer = await host.SendAsync("GET", "/hub/api/groups" + query, token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return [.. JsonNode.Parse(await answer.TextAsync())!.AsArray().Select(group => (string)group!["name"]!)];
    }

    private async Task<JsonObject> PageAsync(string target)
    {
        using var request = host.NewRequest("GET", target);
        request.Headers.TryAddWithoutValidation("Authorization", $"token {admin}");
        request.Headers.TryAddWithoutValidation("Accept", "application/jupyterhub-pagination+json");
        using var answer = await host.Client.SendAsync(request);
        return await answer.JsonAsync();
    }
}
