using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Groups;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Membership;
using JupyterHub.Rbac.Scopes;

namespace JupyterHub.AspNetCore.Tests.Api;

/// <summary>Listing users: filters, order, pages, and what permissions leave of it (contract 1.9, 2.3).</summary>
public sealed class UserListApiTests : IAsyncLifetime
{
    private const string Wrapped = "application/jupyterhub-pagination+json";

    private HubHost Host { get; set; } = null!;

    private string Admin { get; set; } = null!;

    public async Task InitializeAsync()
    {
        // Who was seen is noted once, so that no statement of that is among those of a later page.
        Host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.ActivityResolution = 36_000);
        Admin = await Host.Data.UserTokenAsync("root", "list:users", "read:users", "read:servers");
        foreach (var (name, day) in new[] { ("delta", 3), ("alpha", 1), ("charlie", 0), ("bravo", 2) })
        {
            var user = await Host.Data.UserAsync(name);
            if (day > 0)
            {
                await Host.Database.WriteAsync(
                    async (db, token) =>
                    {
                        var row = await db.FindAsync<HubUser>([user.Id], token);
                        row!.LastActivity = new DateTime(2026, 1, day, 0, 0, 0, DateTimeKind.Utc);
                        return row;
                    },
                    CancellationToken.None);
            }
        }
    }

    public Task DisposeAsync() => Host.DisposeAsync().AsTask();

    [Theory]
    [InlineData("", "root delta alpha charlie bravo")]
    [InlineData("?sort=id", "root delta alpha charlie bravo")]
    [InlineData("?sort=-id", "bravo charlie alpha delta root")]
    [InlineData("?sort=name", "alpha bravo charlie delta root")]
    [InlineData("?sort=-name", "root delta charlie bravo alpha")]
    [InlineData("?sort=last_activity&name_filter=a", "charlie alpha bravo delta")]
    [InlineData("?sort=-last_activity&name_filter=a", "delta bravo alpha charlie")]
    [InlineData("?name_filter=A", "delta alpha charlie bravo")]
    [InlineData("?name_filter=r%25o", "root bravo")]
    [InlineData("?name_filter=_o_t", "root")]
    [InlineData("?name_filter=nobody", "")]
    [InlineData("?name_filter=", "root delta alpha charlie bravo")]
    [InlineData("?state=", "root delta alpha charlie bravo")]
    [InlineData("?offset=1&limit=2", "delta alpha")]
    [InlineData("?offset=-1&limit=-2", "delta alpha")]
    [InlineData("?offset=99999999999999999999", "")]
    [InlineData("?limit=0", "root")]
    [InlineData("?limit=99999999999999999999", "root delta alpha charlie bravo")]
    public async Task Users_are_filtered_sorted_and_cut(string query, string expected) => Assert.Equal(expected, await NamesAsync(query, Admin));

    [Theory]
    [InlineData("?sort=age", "sort must be 'id', 'name', or 'last_activity', not 'age'")]
    [InlineData("?sort=", "sort must be")]
    [InlineData("?sort=--name", "sort must be")]
    [InlineData("?state=bogus", "Unrecognized state filter: 'bogus'")]
    [InlineData("?limit=x", "Invalid argument type, offset and limit must be integers")]
    [InlineData("?offset=1.5", "Invalid argument type, offset and limit must be integers")]
    [InlineData("?name_filter=a%00b", "name_filter")]
    [InlineData("?name_filter=%ff", "UTF-8")]
    public async Task A_query_that_means_nothing_is_refused(string query, string complaint)
    {
        using var answer = await Host.SendAsync("GET", "/hub/api/users" + query, Admin);
        Assert.Contains(complaint, await answer.ApiErrorAsync(400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_filters_are_refused_in_few_words()
    {
        foreach (var query in new[] { "name_filter", "sort", "state" })
        {
            using var answer = await Host.SendAsync("GET", $"/hub/api/users?{query}={new string('%', 4).Replace("%", "%25", StringComparison.Ordinal)}{new string('x', 5000)}", Admin);
            Assert.InRange((await answer.ApiErrorAsync(400)).Length, 10, 150);
        }
    }

    [Fact]
    public async Task Pages_lead_from_one_to_the_next()
    {
        var names = new List<string>();
        var target = "/hub/api/users?limit=2&sort=name&name_filter=a";
        while (target is not null)
        {
            var page = await PageAsync(target);
            Assert.Equal(4, (int)page["_pagination"]!["total"]!);
            names.AddRange(page["items"]!.AsArray().Select(user => (string)user!["name"]!));
            target = ((string?)page["_pagination"]!["next"]?["url"])?[Host.Url.GetLeftPart(UriPartial.Authority).Length..];
        }

        Assert.Equal(["alpha", "bravo", "charlie", "delta"], names);
    }

    [Fact]
    public async Task Totals_are_those_of_now()
    {
        Assert.Equal(5, (int)(await PageAsync("/hub/api/users"))["_pagination"]!["total"]!);
        await Host.Data.UserAsync("echo");
        Assert.Equal(6, (int)(await PageAsync("/hub/api/users"))["_pagination"]!["total"]!);
        Assert.Equal(5, (int)(await PageAsync("/hub/api/users?name_filter=a"))["_pagination"]!["total"]! + 1);
        var echo = (await Host.Data.UserAsync("echo")).Id;
        await Host.Database.WriteAsync(async (db, token) => db.Remove((await db.FindAsync<HubUser>([echo], token))!), CancellationToken.None);
        Assert.Equal(5, (int)(await PageAsync("/hub/api/users"))["_pagination"]!["total"]!);
    }

    [Fact]
    public async Task States_follow_the_rows_and_ready_follows_the_supervisor()
    {
        // A row that some hub left behind: active, but not ready.
        var server = await Host.Data.AddAsync(new HubServer { Proto = "http", Ip = "127.0.0.1", Port = 1, BaseUrl = "/user/alpha/lab/" });
        await Host.Data.AddAsync(new HubSpawner { UserId = (await Host.Data.UserAsync("alpha")).Id, Name = "lab", ServerId = server.Id });
        await Host.Data.SpawnerAsync("bravo");
        await Host.StartServerAsync("delta");
        Assert.Equal("delta alpha", await NamesAsync("?state=active", Admin));
        Assert.Equal("delta", await NamesAsync("?state=ready", Admin));
        Assert.Equal("root charlie bravo", await NamesAsync("?state=inactive", Admin));
        Assert.Equal("delta", await NamesAsync("?state=active&name_filter=DELTA", Admin));
        var ready = await PageAsync("/hub/api/users?state=ready");
        Assert.Equal(2, (int)ready["_pagination"]!["total"]!);
        var delta = ready["items"]!.AsArray().Single()!;
        Assert.Equal("/user/delta/", (string)delta["server"]!);
        Assert.True((bool)delta["servers"]![""]!["ready"]!);
    }

    [Theory]
    [InlineData("list:users!user=alpha", "alpha")]
    [InlineData("list:users!group=letters", "alpha charlie")]
    [InlineData("list:users!group=nobodies", "")]
    [InlineData("list:users!user=ghost", "")]
    public async Task Only_users_whom_the_filter_names_are_listed(string scope, string expected)
    {
        await LettersAsync();
        var token = await Host.Data.UserTokenAsync("root", scope);
        Assert.Equal(expected, await NamesAsync("", token));
    }

    [Fact]
    public async Task Filters_add_up_and_say_which_fields_are_seen()
    {
        await LettersAsync();
        var token = await Host.Data.UserTokenAsync("root", "list:users!user=bravo", "list:users!group=letters", "read:users:groups!user=alpha");
        using var answer = await Host.SendAsync("GET", "/hub/api/users?sort=name", token);
        var users = JsonNode.Parse(await answer.TextAsync())!.AsArray();
        Assert.Equal(["alpha", "bravo", "charlie"], users.Select(user => (string)user!["name"]!));
        Assert.Equal(["letters"], users[0]!["groups"]!.AsArray().Select(group => (string)group!));
        Assert.False(users[1]!.AsObject().ContainsKey("groups"));
        Assert.False(users[0]!.AsObject().ContainsKey("servers"));
    }

    [Theory]
    [InlineData("list:users!server=alpha/")]
    [InlineData("list:users!service=probe")]
    [InlineData("read:users")]
    public async Task Filters_that_name_no_users_open_no_list(string scope)
    {
        var token = await Host.Data.ServiceTokenAsync("probe", scope);
        using var answer = await Host.SendAsync("GET", "/hub/api/users", token);
        Assert.Contains("[list:users]", await answer.ApiErrorAsync(403), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_server_may_be_seen_in_the_list()
    {
        await Host.Data.SpawnerAsync("alpha", "lab");
        await Host.Data.SpawnerAsync("alpha", "other");
        var token = await Host.Data.UserTokenAsync("root", "list:users!user=alpha", "read:servers!server=alpha/lab");
        using var answer = await Host.SendAsync("GET", "/hub/api/users?include_stopped_servers=", token);
        var alpha = JsonNode.Parse(await answer.TextAsync())!.AsArray().Single()!;
        Assert.Equal("lab", alpha["servers"]!.AsObject().Single().Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?include_stopped_servers=0")]
    [InlineData("?include_stopped_servers=False")]
    public async Task Stopped_servers_are_left_out_unless_asked_for(string query)
    {
        await Host.Data.SpawnerAsync("alpha");
        using var without = await Host.SendAsync("GET", "/hub/api/users/alpha" + query, Admin);
        Assert.Empty((await without.JsonAsync())["servers"]!.AsObject());
        using var with = await Host.SendAsync("GET", "/hub/api/users/alpha?include_stopped_servers=1", Admin);
        Assert.True((bool)(await with.JsonAsync())["servers"]![""]!["stopped"]!);
    }

    [Fact]
    public async Task A_page_costs_five_statements_however_long_it_is()
    {
        await LettersAsync();
        foreach (var number in Enumerable.Range(0, 120))
        {
            await Host.Data.SpawnerAsync($"student-{number}");
        }

        using var counter = new SqlCounter(Host);
        var identification = await CountAsync(counter, "?limit=nothing");
        foreach (var query in new[] { "", "?sort=name", "?sort=-last_activity", "?name_filter=student", "?state=inactive", "?include_stopped_servers", "?state=ready" })
        {
            var separator = query.Length == 0 ? "?" : "&";
            var few = await CountAsync(counter, $"{query}{separator}limit=2");
            var many = await CountAsync(counter, $"{query}{separator}limit=200");
            Assert.InRange(many - identification, 1, 5);
            Assert.InRange(few - identification, 1, 5);
        }
    }

    [Fact]
    public async Task A_kept_page_keeps_no_list_of_all_members()
    {
        var membership = await ListByOldMembershipAsync();

        // What has just ended may still be on a thread's way back.
        await Eventually.TrueAsync("the list to be given up", () =>
        {
            GC.Collect();
            return !membership.IsAlive;
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> ListByOldMembershipAsync()
    {
        var membership = new MembershipSnapshot(-1, []);
        var asker = new Authority([], ScopeEngine.BuiltIn.Expand(["list:users"]), membership);
        await Host.Get<UserReader>().ListAsync(new UserQuery(), asker, CancellationToken.None);
        return new WeakReference(membership);
    }

    private async Task<int> CountAsync(SqlCounter counter, string query)
    {
        // Once before, so that only what every request costs is counted; after a write, since a page that is kept costs nothing.
        for (var round = 0; ; round++)
        {
            await Host.Get<PendingActivity>().WriteAsync();
            await Host.Database.WriteAsync((_, _) => Task.FromResult(0), CancellationToken.None);
            counter.Take();
            using var answer = await AskAsync("/hub/api/users" + query);
            await answer.TextAsync();
            if (round == 1)
            {
                return counter.Take().Count;
            }
        }
    }

    [Fact]
    public async Task A_page_that_nothing_was_written_since_costs_no_statement_and_any_write_makes_it_new()
    {
        await LettersAsync();
        const string Query = "/hub/api/users?name_filter=alph&limit=2";
        using var first = await Host.SendAsync("GET", Query, Admin);
        Assert.DoesNotContain("alphonse", await first.TextAsync(), StringComparison.Ordinal);
        using var counter = new SqlCounter(Host);
        await Host.Database.WriteAsync((_, _) => Task.FromResult(0), CancellationToken.None);
        using var second = await Host.SendAsync("GET", Query, Admin);
        await second.TextAsync();
        Assert.NotEmpty(counter.Take());
        await Eventually.TrueAsync("an answer without a statement", async () =>
        {
            // A commit of the hub's own, of activity or a lease, makes the next answer a new one.
            counter.Take();
            using var again = await Host.SendAsync("GET", Query, Admin);
            await again.TextAsync();
            return counter.Take().Count == 0;
        });

        await Host.Data.UserAsync("alphonse");

        using var third = await Host.SendAsync("GET", Query, Admin);
        Assert.Contains("alphonse", await third.TextAsync(), StringComparison.Ordinal);
        using var others = await Host.SendAsync("GET", Query, await Host.Data.UserTokenAsync("alpha"));
        Assert.DoesNotContain("alphonse", await others.TextAsync(), StringComparison.Ordinal);
    }

    private async Task LettersAsync()
    {
        await Host.Data.GroupAsync("letters", "alpha", "charlie");
        await Host.Data.AddAsync(new HubGroup { Name = "nobodies" });
    }

    private async Task<string> NamesAsync(string query, string token)
    {
        using var answer = await Host.SendAsync("GET", "/hub/api/users" + query, token);
        var text = await answer.TextAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return string.Join(' ', JsonNode.Parse(text)!.AsArray().Select(user => (string)user!["name"]!));
    }

    private async Task<JsonObject> PageAsync(string target)
    {
        using var answer = await AskAsync(target);
        return await answer.JsonAsync();
    }

    private Task<HttpResponseMessage> AskAsync(string target)
    {
        var request = Host.NewRequest("GET", target);
        request.Headers.Add("Authorization", $"token {Admin}");
        request.Headers.Add("Accept", $"text/html, {Wrapped}");
        return Host.Client.SendAsync(request);
    }
}
