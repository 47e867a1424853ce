using System.Net;
using System.Text;
using JupyterHub.Core.Events;

namespace JupyterHub.AspNetCore.Tests.Pages.Admin;

/// <summary>The stream of events: who hears what, where it goes on, and how many may listen.</summary>
public sealed class EventStreamTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Path = "/hub/admin/events/stream";

    private HubHost Host => fixture.Host;

    private HubEvents Events => Host.Get<HubEvents>();

    [Fact]
    public Task The_page_asks_for_admin_ui_and_the_scope_of_the_API() => Host.CheckPageAsync("/hub/admin/events", "read:hub");

    [Fact]
    public Task The_stream_asks_for_the_same() => Host.CheckPageAsync(Path, "read:hub");

    [Fact]
    public async Task Events_arrive_and_a_reader_goes_on_where_it_was()
    {
        var root = await Host.SignInAsync("root");
        using var answer = await root.GetAsync(Path);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(), Encoding.UTF8);
        Events.Add(HubEventKind.UserCreated, "first-of-two");
        var first = await UntilAsync(reader, "first-of-two");
        Events.Add(HubEventKind.UserCreated, "second-of-two");

        using var resumed = await root.GetAsync(Path, ("Last-Event-ID", first.Id));
        using var again = new StreamReader(await resumed.Content.ReadAsStreamAsync(), Encoding.UTF8);
        var (seen, _) = await NextAsync(again);
        Assert.Contains("second-of-two", seen, StringComparison.Ordinal);

        using var elsewhere = await root.GetAsync(Path, ("Last-Event-ID", "another-process-999999"));
        using var fromStart = new StreamReader(await elsewhere.Content.ReadAsStreamAsync(), Encoding.UTF8);
        await UntilAsync(fromStart, "first-of-two");
    }

    [Fact]
    public async Task Everybody_hears_of_those_only_whom_they_may_read()
    {
        await Host.Data.UserAsync("readable");
        var narrow = await Host.PersonAsync("admin-ui", "read:hub", "read:users!user=readable", "read:groups:name!group=g1");
        using var answer = await narrow.GetAsync(Path);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(), Encoding.UTF8);
        Events.Add(HubEventKind.SignedIn, "unreadable");
        Events.Add(HubEventKind.GroupCreated, "g2");
        Events.Add(HubEventKind.RoleChanged, "some-role", detail: "ChangeRole");
        Events.Add(HubEventKind.ServiceCreated, "some-service");
        Events.Add(HubEventKind.GroupCreated, "g1");
        Events.Add(HubEventKind.ServerReady, "readable", "");
        List<string> heard = [];
        while (!heard.Exists(text => text.Contains("readable", StringComparison.Ordinal) && text.Contains("\"ready\"", StringComparison.Ordinal)))
        {
            heard.Add((await NextAsync(reader)).Data);
        }

        Assert.DoesNotContain(heard, text => text.Contains("unreadable", StringComparison.Ordinal) || text.Contains("g2", StringComparison.Ordinal)
            || text.Contains("some-role", StringComparison.Ordinal) || text.Contains("some-service", StringComparison.Ordinal));
        Assert.Contains(heard, text => text.Contains("g1", StringComparison.Ordinal));
        Assert.DoesNotContain("unreadable", await narrow.TextAsync("/hub/admin/events"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list:users", "made")]
    [InlineData("read:users:name", "made")]
    [InlineData("read:users:activity", "signed-in")]
    [InlineData("read:users", "made", "signed-in", "default")]
    [InlineData("read:servers", "made", "default", "lab")]
    [InlineData("read:groups:name", "group")]
    [InlineData("read:groups", "group", "members")]
    [InlineData("read:services:name", "service")]
    [InlineData("read:roles", "role")]
    public async Task Nothing_is_told_that_the_API_would_not_tell(string scope, params string[] told)
    {
        await using var host = await HubHost.StartAsync();
        var reader = await host.PersonAsync("admin-ui", "read:hub", scope);
        var events = host.Get<HubEvents>();
        events.Add(HubEventKind.UserCreated, "made");
        events.Add(HubEventKind.SignedIn, "signed-in");
        events.Add(HubEventKind.ServerReady, "default", "");
        events.Add(HubEventKind.ServerReady, "owner", "lab");
        events.Add(HubEventKind.GroupCreated, "group");
        events.Add(HubEventKind.GroupChanged, "members");
        events.Add(HubEventKind.ServiceCreated, "service");
        events.Add(HubEventKind.RoleChanged, "role");
        var page = await reader.TextAsync("/hub/admin/events");
        string[] all = ["made", "signed-in", "default", "lab", "group", "members", "service", "role"];
        Assert.Equal(told, all.Where(name => page.Contains($"<bdi>{name}</bdi>", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Only_so_many_watch_at_once_and_a_place_is_free_again()
    {
        await using var host = await HubHost.StartAsync();
        var events = host.Get<HubEvents>();
        var root = await host.SignInAsync("root");
        for (var place = 0; place < HubEvents.MostWatchers; place++)
        {
            Assert.True(events.TryEnter());
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await root.StatusAsync(Path));
        events.Leave();
        using (var answer = await root.GetAsync(Path))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(events.TryEnter());
        }

        await Eventually.TrueAsync(events.TryEnter);
    }

    [Fact]
    public async Task Names_on_the_page_and_in_the_stream_stay_text()
    {
        Events.Add(HubEventKind.GroupCreated, AdminPeople.Markup);
        var root = await Host.SignInAsync("root");
        AdminPeople.AssertPlain(await root.TextAsync("/hub/admin/events"));
        using var answer = await root.GetAsync(Path);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(), Encoding.UTF8);
        var (data, _) = await UntilAsync(reader, "img src=x");
        Assert.DoesNotContain("<img", data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_do_is_told()
    {
        var root = await Host.SignInAsync("root");
        using var made = await root.SubmitAsync("/hub/admin/groups", ("names", "told-group"));
        await Host.Data.UserAsync("told-user");
        await Host.StartServerAsync("told-user");
        var page = await root.TextAsync("/hub/admin/events");
        Assert.Contains("told-group", page, StringComparison.Ordinal);
        var kinds = Events.After(0).Where(happened => happened.Name is "told-user").Select(happened => happened.Kind).ToList();
        Assert.Equal([HubEventKind.UserCreated, HubEventKind.ServerStarting, HubEventKind.ServerReady], kinds);
        Assert.Contains(Events.After(0), happened => happened is { Kind: HubEventKind.SignedIn, Name: "root" });
    }

    private static async Task<(string Data, string Id)> UntilAsync(StreamReader reader, string text)
    {
        while (true)
        {
            var found = await NextAsync(reader);
            if (found.Data.Contains(text, StringComparison.Ordinal))
            {
                return found;
            }
        }
    }

    private static async Task<(string Data, string Id)> NextAsync(StreamReader reader)
    {
        var id = "";
        while (await reader.ReadLineAsync().WaitAsync(Eventually.Deadline) is { } line)
        {
            id = line.StartsWith("id: ", StringComparison.Ordinal) ? line[4..] : id;
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return (line[6..], id);
            }
        }

        throw new InvalidOperationException("The stream has ended.");
    }
}
