using System.Net;
using System.Text.Json.Nodes;
using JupyterHub.Client.Models;
using JupyterHub.Client.Tests.Fixtures;
using JupyterHub.IntegrationTests.Harness;
using JupyterHub.Testing;

namespace JupyterHub.Client.Tests.Ours;

/// <summary>Everything of the client against the hub of this repository.</summary>
public sealed class AgainstOurHubTests(OurServices services) : IClassFixture<OurServices>
{
    private JupyterHubClient Hub => services.Caller;

    [Fact]
    public async Task The_hub_and_the_caller_are_known()
    {
        var identity = await Hub.GetIdentityAsync();
        Assert.Equal(("caller", "service"), (identity.Name, identity.Kind));
        Assert.NotNull(identity.TokenId);
        var version = await Hub.Hub.GetVersionAsync();
        Assert.Equal(version, (await Hub.Hub.GetInfoAsync()).Version);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("a@b c")]
    [InlineData("ü%2f?#&=+")]
    public async Task Users_come_change_and_go(string name)
    {
        Assert.Equal(name, (await Hub.Users.CreateAsync(name)).Name);
        var time = DateTimeOffset.UtcNow.AddMinutes(1);
        await Hub.Users.ReportActivityAsync(name, time);
        Assert.Equal(time, (await Hub.Users.GetAsync(name)).LastActivity!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal(name + "2", (await Hub.Users.PatchAsync(name, new() { Name = name + "2" })).Name);
        await Hub.Users.DeleteAsync(name + "2");
        Assert.Equal(HttpStatusCode.NotFound, (await RefusalAsync(() => Hub.Users.GetAsync(name + "2"))).Status);
    }

    /// <summary>The original would have a user of that name; ours takes no path with such a segment, however it is written.</summary>
    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task A_name_that_would_climb_reaches_the_hub_and_is_refused(string name) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await RefusalAsync(() => Hub.Users.CreateAsync(name))).Status);

    [Fact]
    public async Task Users_are_listed_filtered_sorted_and_page_by_page()
    {
        var names = Enumerable.Range(0, 7).Select(number => $"paged{number}").ToList();
        Assert.Equal(7, (await Hub.Users.CreateManyAsync(names)).Count);

        var query = new UserQuery { PageSize = 3, NameFilter = "PAGED", Sort = "-name", State = UserState.Inactive };
        Assert.Equal(names.AsEnumerable().Reverse(), await Hub.Users.ListAsync(query).Select(user => user.Name).ToListAsync());
        Assert.Empty(await Hub.Users.ListAsync(query with { State = UserState.Ready }).ToListAsync());
    }

    [Fact]
    public async Task Tokens_come_work_and_go()
    {
        await Hub.Users.CreateAsync("tom");
        var created = await Hub.Tokens.CreateAsync("tom", new() { Note = "for a test", Scopes = ["read:users:name!user"], ExpiresIn = 3600 });
        Assert.Equal("tom", (await Hub.WithToken(created.Token).GetIdentityAsync()).Name);
        Assert.Equal("for a test", (await Hub.Tokens.GetAsync("tom", created.Id)).Note);
        Assert.Contains(await Hub.Tokens.ListAsync("tom"), token => token.Id == created.Id);
        await Hub.Tokens.RevokeAsync("tom", created.Id);
        Assert.Equal(HttpStatusCode.Forbidden, (await RefusalAsync(() => Hub.WithToken(created.Token).GetIdentityAsync())).Status);
    }

    [Fact]
    public async Task Groups_come_change_and_go()
    {
        await Hub.Users.CreateManyAsync(["gina", "gus"]);
        await Hub.Groups.CreateAsync("a b/c", ["gina"]);
        await Hub.Groups.AddUsersAsync("a b/c", ["gus"]);
        Assert.Equal(["gus"], (await Hub.Groups.RemoveUsersAsync("a b/c", ["gina"])).Users);
        var changed = await Hub.Groups.SetPropertiesAsync("a b/c", new JsonObject { ["room"] = 7 });
        Assert.Equal(7, changed.Properties!["room"]!.GetValue<int>());
        Assert.Equal(2, (await Hub.Groups.CreateManyAsync(["g1", "g2"])).Count);
        Assert.Equal(["a b/c", "g1", "g2"], await Hub.Groups.ListAsync(2).Select(group => group.Name).Where(name => name != "sharers").Order().ToListAsync());
        await Hub.Groups.DeleteAsync("a b/c");
        Assert.Equal(HttpStatusCode.NotFound, (await RefusalAsync(() => Hub.Groups.GetAsync("a b/c"))).Status);
    }

    [Fact]
    public async Task Services_come_at_run_time_and_go()
    {
        Assert.Contains("probe", (await Hub.Services.ListAsync()).Keys);
        var created = await Hub.Services.CreateAsync("late", new() { ApiToken = "a-token-for-late", Info = new JsonObject { ["x"] = 1 } });
        Assert.Equal("late", created.Name);
        Assert.Equal("late", (await Hub.WithToken("a-token-for-late").GetIdentityAsync()).Name);
        await Hub.Services.DeleteAsync("late");
        Assert.Equal(HttpStatusCode.NotFound, (await RefusalAsync(() => Hub.Services.GetAsync("late"))).Status);
    }

    [Fact]
    public async Task Servers_are_made_started_changed_and_removed()
    {
        await Hub.Users.CreateAsync("sue");
        var made = await Hub.Servers.CreateAsync("sue", "lab", new() { DisplayName = "The lab", UserOptions = new JsonObject { ["size"] = "s" } });
        Assert.Equal(("lab", "The lab"), (made.Name, made.DisplayName));

        await Hub.Servers.StartAsync("sue", "lab");
        var last = await Hub.Servers.WaitUntilReadyAsync("sue", "lab");
        Assert.Equal("/user/sue/lab/", last.Url);
        var server = await Hub.Servers.FindAsync("sue", "lab");
        Assert.True(server is { Ready: true, Stopped: false });
        Assert.Equal("s", server.UserOptions!["size"]!.GetValue<string>());
        Assert.Contains("/user/sue/lab/", await Hub.Proxy.ListRoutesAsync().Select(route => route.Routespec).ToListAsync());
        await Hub.Proxy.CheckRoutesAsync();

        await Hub.Servers.StopAsync("sue", "lab");
        await Hub.Servers.WaitUntilStoppedAsync("sue", "lab");
        Assert.Equal("Other", (await Hub.Servers.PatchAsync("sue", "lab", new() { DisplayName = "Other" })).DisplayName);
        await Hub.Servers.RemoveAsync("sue", "lab");
        await Eventually.TrueAsync("the server is gone", async () => await Hub.Servers.FindAsync("sue", "lab") is null);
    }

    [Fact]
    public async Task Servers_are_shared_by_name_and_by_code()
    {
        await Hub.Users.CreateManyAsync(["owner", "guest"]);
        await Hub.Groups.CreateAsync("sharers", ["guest"]);
        await Hub.Servers.CreateAsync("owner", "lab");
        var granted = await Hub.Shares.GrantAsync("owner", "lab", ShareRecipient.User("guest"));
        Assert.Equal(["access:servers!server=owner/lab"], granted.Scopes);
        await Hub.Shares.GrantAsync("owner", "lab", ShareRecipient.Group("sharers"), ["access:servers", "read:servers"]);
        Assert.Equal(["group", "user"], await Hub.Shares.ListAsync("owner", "lab", 1).Select(share => share.Kind).Order().ToListAsync());
        Assert.Equal(2, await Hub.Shares.ListAsync("owner").CountAsync());
        Assert.Equal(2, await Hub.Shared.ListWithUserAsync("guest").CountAsync());
        Assert.Equal("guest", (await Hub.Shared.GetWithUserAsync("guest", "owner", "lab")).User!.Name);
        Assert.Equal("sharers", (await Hub.Shared.ListWithGroupAsync("sharers").SingleAsync()).Group!.Name);

        await Hub.Shared.LeaveAsGroupAsync("sharers", "owner", "lab");
        Assert.Null((await Hub.Shares.RevokeAsync("owner", "lab", ShareRecipient.User("guest"))).Server);
        var code = await Hub.ShareCodes.CreateAsync("owner", "lab", ["access:servers"], TimeSpan.FromHours(1));
        Assert.Contains(code.Code, code.AcceptUrl, StringComparison.Ordinal);
        Assert.Equal(code.Id, (await Hub.ShareCodes.ListAsync("owner", "lab").SingleAsync()).Id);
        await Hub.ShareCodes.RevokeAsync("owner", "lab", code.Id);
        Assert.Empty(await Hub.ShareCodes.ListAsync("owner").ToListAsync());
        await Hub.Shares.RevokeAllAsync("owner", "lab");
    }

    [Fact]
    public async Task Roles_are_previewed_made_assigned_and_taken_back()
    {
        await Hub.Users.CreateAsync("rolf");
        var root = await RootAsync();
        var role = new NewRole { Description = "Reads", Scopes = ["list:users", "read:hub"] };
        var preview = await root.Roles.PreviewAsync(RoleChange.Create("readers", role with { Users = ["rolf"] }));
        Assert.True(preview.Allowed, preview.Refusal);
        Assert.Contains("read:hub", Assert.Single(preview.Changes!).Gained!);

        Assert.Equal("api", (await root.Roles.CreateAsync("readers", role)).Origin);
        var until = DateTimeOffset.UtcNow.AddDays(1);
        var holder = Assert.Single((await root.Roles.AssignAsync("readers", HubPrincipal.User("rolf"), until)).Users!);
        Assert.Equal(until, holder.ExpiresAt!.Value, TimeSpan.FromMilliseconds(1));
        var why = await root.Authorization.ExplainAsync("read:hub", HubPrincipal.User("rolf"));
        Assert.True(why.Allowed);
        Assert.Equal("readers", Assert.Single(why.Grants!).Role);
        Assert.Contains("readers", await root.Roles.ListAsync(1).Select(found => found.Name).ToListAsync());

        Assert.Equal(["list:users"], (await root.Roles.PatchAsync("readers", new() { Scopes = ["list:users"] })).Scopes);
        await root.Roles.RemoveAsync("readers", HubPrincipal.User("rolf"));
        Assert.Equal(0, (await root.Roles.GetAsync("readers")).Total!.Users);
        await root.Roles.DeleteAsync("readers");
        Assert.Equal(HttpStatusCode.NotFound, (await RefusalAsync(() => root.Roles.GetAsync("readers"))).Status);
    }

    [Fact]
    public async Task A_refusal_says_which_scopes_would_have_sufficed()
    {
        await Hub.Users.CreateManyAsync(["nina", "a b"]);
        var nina = Hub.WithToken((await Hub.Tokens.CreateAsync("nina")).Token);

        var refusal = await RefusalAsync(() => nina.Users.DeleteAsync("a b"));

        Assert.True(refusal.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound);
        Assert.Contains("delete:users!user=a b", refusal.RequiredScopes);
    }

    [Fact]
    public async Task Visitors_sign_in_at_a_service()
    {
        using var ada = new HubVisitor(services.Hub, "ada");
        await ada.MustSignInAsync();

        var page = await ada.Browser.OpenAsync("/services/probe/me?x=1");

        page.MustBe(HttpStatusCode.OK);
        Assert.Equal("/services/probe/me?x=1", page.Address.PathAndQuery);
        using var eve = new HubVisitor(services.Hub, "eve");
        await eve.MustSignInAsync();
        (await eve.Browser.OpenAsync("/services/probe/me")).MustBe(HttpStatusCode.Forbidden);
        await ada.SignOutAsync();
        Assert.Equal("/hub/login", (await ada.Browser.OpenAsync("/services/probe/me")).Address.AbsolutePath);
    }

    [Fact]
    public async Task Programs_call_a_service_with_a_token()
    {
        await Hub.Users.CreateManyAsync(["ada2", "ben2"]);
        var root = await RootAsync();
        await root.Roles.CreateAsync("probers", new() { Scopes = ["access:services!service=probe"], Users = ["ada2"] });
        var ada = (await Hub.Tokens.CreateAsync("ada2")).Token;
        var ben = (await Hub.Tokens.CreateAsync("ben2")).Token;
        using var program = new Browser(services.Probe.Address);

        Assert.Equal(HttpStatusCode.OK, (await program.CallWithTokenAsync(HttpMethod.Get, "/services/probe/me", ada)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.CallWithTokenAsync(HttpMethod.Get, "/services/probe/me", ben)).Status);

        await root.Roles.DeleteAsync("probers");
        await Eventually.TrueAsync("the access is gone", async () =>
            (await program.CallWithTokenAsync(HttpMethod.Get, "/services/probe/me", ada)).Status == HttpStatusCode.Forbidden);
    }

    /// <summary>A token of an administrator: services cannot do everything that people can.</summary>
    private async Task<JupyterHubClient> RootAsync() => Hub.WithToken((await Hub.Tokens.CreateAsync("admin")).Token);

    private static Task<JupyterHubException> RefusalAsync(Func<Task> call) => Assert.ThrowsAsync<JupyterHubException>(call);
}
