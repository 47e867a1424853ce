using System.Net;
using JupyterHub.Client.Models;
using JupyterHub.Client.Tests.Fixtures;

namespace JupyterHub.Client.Tests.Original;

/// <summary>The client calls what JupyterHub 3.0.0 has.</summary>
[Collection(OriginalServicesCollection.Name)]
public sealed class ApiClientTests(OriginalServices services)
{
    private JupyterHubClient Hub => services.Caller;

    [Fact]
    public async Task Tells_who_calls()
    {
        var identity = await Hub.GetIdentityAsync();

        Assert.Equal(("caller", "service"), (identity.Name, identity.Kind));
        Assert.Contains("admin:users", identity.Scopes!);
    }

    [Fact]
    public async Task Tells_about_the_hub()
    {
        Assert.Equal("3.0.0", await Hub.Hub.GetVersionAsync());
        var info = await Hub.Hub.GetInfoAsync();
        Assert.Contains("SimpleLocalProcessSpawner", info.Spawner!.Class, StringComparison.Ordinal);
        Assert.NotNull(info.Python);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("a@b c")]
    [InlineData("ü%2f?#&=+")]
    [InlineData("..")]
    public async Task Users_come_change_and_go(string name)
    {
        var created = await Hub.Users.CreateAsync(name);
        Assert.Equal(name, created.Name);
        Assert.Equal(name, (await Hub.Users.GetAsync(name)).Name);

        var time = new DateTimeOffset(2031, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);
        await Assert.ThrowsAsync<JupyterHubException>(() => Hub.Users.ReportActivityAsync(name, time));
        time = DateTimeOffset.UtcNow.AddMinutes(1);
        await Hub.Users.ReportActivityAsync(name, time);
        Assert.Equal(time, (await Hub.Users.GetAsync(name)).LastActivity!.Value, TimeSpan.FromMilliseconds(1));

        var renamed = await Hub.Users.PatchAsync(name, new() { Name = name + "2" });
        Assert.Equal(name + "2", renamed.Name);
        await Hub.Users.DeleteAsync(name + "2");
        Assert.Equal(HttpStatusCode.NotFound, (await RefusalAsync(() => Hub.Users.GetAsync(name + "2"))).Status);
    }

    [Fact]
    public async Task Users_are_listed_page_by_page()
    {
        var names = Enumerable.Range(0, 7).Select(number => $"paged{number}").ToList();
        Assert.Equal(7, (await Hub.Users.CreateManyAsync(names)).Count);

        var listed = await Hub.Users.ListAsync(new() { PageSize = 3 }).Select(user => user.Name).ToListAsync();
        var inactive = await Hub.Users.ListAsync(new() { PageSize = 2, State = UserState.Inactive, IncludeStoppedServers = true }).Select(user => user.Name).ToListAsync();
        var ready = await Hub.Users.ListAsync(new() { State = UserState.Ready }).Select(user => user.Name).ToListAsync();

        Assert.Empty(names.Except(listed));
        Assert.Equal(listed.Count, listed.Distinct().Count());
        Assert.Empty(names.Except(inactive));
        Assert.Empty(names.Intersect(ready));
        foreach (var name in names)
        {
            await Hub.Users.DeleteAsync(name);
        }
    }

    [Fact]
    public async Task Groups_come_change_and_go()
    {
        await Hub.Users.CreateManyAsync(["gina", "gus"]);
        var created = await Hub.Groups.CreateAsync("a b/c", ["gina"]);
        Assert.Equal(["gina"], created.Users);
        Assert.Equal(["gina", "gus"], (await Hub.Groups.AddUsersAsync("a b/c", ["gus"])).Users!.Order());
        Assert.Equal(["gus"], (await Hub.Groups.RemoveUsersAsync("a b/c", ["gina"])).Users);
        Assert.Contains("a b/c", await Hub.Groups.ListAsync(1).Select(group => group.Name).ToListAsync());
        Assert.Equal(2, (await Hub.Groups.CreateManyAsync(["g1", "g2"])).Count);
        Assert.Equal("g1", (await Hub.Groups.GetAsync("g1")).Name);

        foreach (var name in new[] { "a b/c", "g1", "g2" })
        {
            await Hub.Groups.DeleteAsync(name);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await RefusalAsync(() => Hub.Groups.GetAsync("g1"))).Status);
    }

    [Fact]
    public async Task Tokens_come_work_and_go()
    {
        await Hub.Users.CreateManyAsync(["tom"]);
        var created = await Hub.Tokens.CreateAsync("tom", new() { Note = "for a test", Scopes = ["read:users:name!user"], ExpiresIn = 3600 });
        Assert.Equal("tom", (await Hub.WithToken(created.Token).GetIdentityAsync()).Name);
        Assert.DoesNotContain(created.Token, created.ToString(), StringComparison.Ordinal);

        var token = await Hub.Tokens.GetAsync("tom", created.Id);
        Assert.Equal(("for a test", "tom"), (token.Note, token.User));
        Assert.NotNull(token.ExpiresAt);
        Assert.Contains(await Hub.Tokens.ListAsync("tom"), listed => listed.Id == created.Id);

        await Hub.Tokens.RevokeAsync("tom", created.Id);
        Assert.Equal(HttpStatusCode.Forbidden, (await RefusalAsync(() => Hub.WithToken(created.Token).GetIdentityAsync())).Status);
    }

    [Fact]
    public async Task Services_and_routes_are_listed()
    {
        var found = await Hub.Services.ListAsync();
        Assert.Contains("whoami", found.Keys);
        Assert.Equal("/services/whoami/", (await Hub.Services.GetAsync("whoami")).Prefix);

        await Hub.Proxy.CheckRoutesAsync();
        var routes = await Hub.Proxy.ListRoutesAsync(1).Select(route => route.Routespec).ToListAsync();
        Assert.Contains("/services/whoami/", routes);
        Assert.Contains("/", routes);
    }

    [Fact]
    public async Task Refusals_carry_the_hubs_words()
    {
        await Hub.Users.CreateManyAsync(["rita"]);
        var conflict = await RefusalAsync(() => Hub.Users.CreateAsync("rita"));
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("rita", conflict.HubMessage, StringComparison.Ordinal);

        var token = (await Hub.Tokens.CreateAsync("rita")).Token;
        var forbidden = await RefusalAsync(() => services.ClientOf(token).Hub.GetInfoAsync());
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.Status);
        Assert.DoesNotContain(token, forbidden.ToString(), StringComparison.Ordinal);
        Assert.Empty(forbidden.RequiredScopes);
    }

    [Fact]
    public async Task Servers_start_tell_their_progress_and_stop()
    {
        await Hub.Users.CreateManyAsync(["sue"]);
        var first = await Hub.Servers.StartAsync("sue", "", new() { UserOptions = new() { ["size"] = "s" } });
        Assert.True(first is ServerChange.Done or ServerChange.Pending);
        var steps = new List<ProgressEvent>();

        var last = await Hub.Servers.WaitUntilReadyAsync("sue", "", new Steps(steps));

        Assert.Equal("/user/sue/", last.Url);
        Assert.Equal(last, steps[^1]);
        var server = await Hub.Servers.FindAsync("sue");
        Assert.True(server!.Ready);
        Assert.Equal("s", server.UserOptions!["size"]!.GetValue<string>());
        var again = await RefusalAsync(() => Hub.Servers.StartAsync("sue"));
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);

        await Hub.Servers.StopAsync("sue");
        await Hub.Servers.WaitUntilStoppedAsync("sue");
        Assert.False((await Hub.Servers.FindAsync("sue")) is { Ready: true });
        Assert.Null(await Hub.Servers.FindAsync("sue", "nowhere"));
        var idle = await RefusalAsync(() => Hub.Servers.WaitUntilReadyAsync("sue"));
        Assert.True(idle.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_hub_can_be_shut_down()
    {
        await using var hub = await JupyterHub.IntegrationTests.Harness.OriginalHub.StartNewAsync(services.Configuration);
        var http = new HttpClient();
        var caller = new JupyterHubClient(http, new() { ApiUrl = new Uri(hub.Address, "hub/api").ToString(), ApiToken = OriginalServices.CallerToken });

        await caller.Hub.ShutdownAsync(stopServers: true, stopProxy: true);

        await JupyterHub.Testing.Eventually.TrueAsync("the hub is gone", async () =>
        {
            try
            {
                await caller.Hub.GetVersionAsync();
                return false;
            }
            catch (JupyterHubException)
            {
                return true;
            }
        });
        http.Dispose();
    }

    private static Task<JupyterHubException> RefusalAsync(Func<Task> call) => Assert.ThrowsAsync<JupyterHubException>(call);

    private sealed class Steps(List<ProgressEvent> steps) : IProgress<ProgressEvent>
    {
        public void Report(ProgressEvent value) => steps.Add(value);
    }
}
