using System.Globalization;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Spawning;
using JupyterHub.Pages.Tests.Browsing;

namespace JupyterHub.Pages.Tests.Pages.Spawn;

/// <summary>Starts, failures and stops as a person watches them.</summary>
public sealed class PendingPageTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly TaskCompletionSource gate = new();
    private Stage stage = null!;
    private HubHost host = null!;

    public async Task InitializeAsync()
    {
        stage = await Stage.OpenAsync();
        host = await stage.HubAsync(setup => setup.Hub = hub =>
        {
            hub.AllowNamedServers = true;
            hub.SlowStopTimeout = 0.1;
        });
    }

    public async Task DisposeAsync()
    {
        gate.TrySetResult();
        await host.DisposeAsync();
        await stage.DisposeAsync();
    }

    [Fact]
    public async Task Who_joins_late_sees_all_messages_and_the_time_since_the_start()
    {
        ISpawnObserver? observer = null;
        stage.OnStart = async (request, token) =>
        {
            (observer = request.Observer).Report("Looking for a free machine", 10);
            request.Observer.Report(Samples.Markup, 25);
            request.Observer.Report(Samples.RightToLeft, 40);
            await gate.Task.WaitAsync(token);
        };
        await host.Data.UserAsync("ada");
        await host.Get<ServerSupervisor>().StartAsync("ada", "", ServerChoices.Kept, default);
        await Eventually.TrueAsync(() => host.Get<ServerSupervisor>().ProgressOf("ada", "").Count == 4);
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "ada");
        await visitor.GoAsync("/hub/spawn-pending/ada?next=/user/ada/lab");
        await visitor.Page.Locator("#log li").Nth(3).WaitForAsync();
        Assert.Equal(Samples.Markup, await visitor.Page.Locator("#log li").Nth(2).TextContentAsync());
        Assert.Equal(40, await visitor.Page.Locator("#bar").EvaluateAsync<double>("bar => bar.value"));

        // The clock of the page goes on from the start, not from when it was loaded.
        await Eventually.TrueAsync("two seconds", async () => await ElapsedAsync(visitor) >= 2);
        await visitor.Page.ReloadAsync();
        Assert.True(await ElapsedAsync(visitor) >= 2);
        observer!.Report("Nearly there", 90);
        await visitor.Page.Locator("#log li").Nth(4).WaitForAsync();
        await visitor.InspectAsync("start-pending");
        gate.SetResult();
        await visitor.Page.WaitForURLAsync("**/user/ada/lab");
    }

    [Fact]
    public async Task A_start_can_be_cancelled()
    {
        stage.OnStart = (_, token) => gate.Task.WaitAsync(token);
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "ben");
        await visitor.GoAsync("/hub/spawn");
        await visitor.Page.ClickAsync("#cancel");
        await visitor.Page.WaitForURLAsync("**/hub/home");
        await Eventually.TrueAsync(() => !host.Get<ServerSupervisor>().GetStatus("ben", "").IsActive);
    }

    [Fact]
    public async Task A_failure_tells_its_reason_and_is_tried_again_with_the_same_options()
    {
        stage.Options = _ => [new() { Name = "size", Kind = StartOptionKind.Integer, Default = 1 }];
        var reason = "The image could not be pulled.\nError response from daemon: manifest unknown\n" + string.Join('\n', Enumerable.Range(1, 40).Select(line => $"  layer {line}: {new string('x', line * 4)} {Samples.Markup}"));
        stage.OnStart = async (request, token) =>
        {
            request.Observer.Report("Pulling the image", 20);
            await gate.Task.WaitAsync(token);
            throw new SpawnException(reason);
        };
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "cem");
        await visitor.GoAsync("/hub/spawn/cem?opt-size=7&next=/user/cem/x");
        await visitor.Page.WaitForSelectorAsync("#pending");
        gate.SetResult();
        await visitor.Page.WaitForSelectorAsync("#failure");
        Assert.Contains("manifest unknown", await visitor.Page.InnerTextAsync("#failure-details"), StringComparison.Ordinal);
        await visitor.InspectAsync("start-failed");
        stage.OnStart = (_, _) => Task.CompletedTask;
        await visitor.Page.ClickAsync("#retry");
        await visitor.Page.WaitForURLAsync("**/user/cem/x");
        Assert.All(stage.Requests, request => Assert.Equal("""{"size":7}""", request.UserOptions.ToJsonString()));
        Assert.Equal(2, stage.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_slow_stop_is_watched_to_its_end_and_then_comes_the_home_page(bool hasScripts)
    {
        stage.OnStop = () => gate.Task;
        var name = hasScripts ? "dora" : "dorian";
        await host.Data.UserAsync(name);
        await (await host.Get<ServerSupervisor>().StartAsync(name, "", ServerChoices.Kept, default)).Completion;
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, name, hasScripts);
        await visitor.Page.ClickAsync("#stop");
        await visitor.Page.WaitForURLAsync("**/hub/spawn-pending/**");
        if (hasScripts)
        {
            await visitor.InspectAsync("stopping");
        }

        gate.SetResult();
        await visitor.Page.WaitForURLAsync("**/hub/home");
        Assert.True(await visitor.Page.Locator("#notice").IsVisibleAsync());
    }

    [Fact]
    public async Task A_renaming_is_waited_for()
    {
        stage.OnRename = () => gate.Task;
        await host.Data.SpawnerAsync("ida", "lab");
        var rename = host.Get<ServerSupervisor>().ChangeAsync("ida", "lab", new ServerChange { Name = "bench" }, default);
        await Eventually.TrueAsync(() => host.Get<ServerSupervisor>().GetStatus("ida", "lab").Phase == ServerPhase.Renaming);
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "ida");
        await visitor.GoAsync("/hub/spawn-pending/ida/lab");
        await visitor.InspectAsync("renaming");
        gate.SetResult();
        await rename;
        await visitor.Page.WaitForURLAsync("**/hub/home");
    }

    [Fact]
    public async Task Whose_server_it_is_is_said()
    {
        stage.OnStart = (_, token) => gate.Task.WaitAsync(token);
        await host.Data.UserAsync(Samples.LongName);
        await host.Get<ServerSupervisor>().StartAsync(Samples.LongName, "lab", new(Samples.RightToLeft), default);
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root");
        await visitor.GoAsync($"/hub/spawn-pending/{Samples.LongName}/lab");
        var heading = await visitor.Page.InnerTextAsync("h1");
        Assert.Contains(Samples.LongName, heading, StringComparison.Ordinal);
        Assert.Contains(Samples.RightToLeft, heading, StringComparison.Ordinal);
        Assert.DoesNotContain("our server", heading, StringComparison.Ordinal);
        await visitor.InspectAsync("start-pending-other");
    }

    [Fact]
    public async Task A_link_into_a_server_that_does_not_run_keeps_all_of_its_address()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "eva");
        var answer = await visitor.GoAsync("/hub/user/eva/lab/tree/a%20b.ipynb?x=1#cell=5");
        Assert.Equal(424, answer!.Status);
        await visitor.InspectAsync("not-running");
        await visitor.Page.ClickAsync("#start");
        await visitor.Page.WaitForURLAsync("**/user/eva/lab/tree/a%20b.ipynb?x=1**");
        Assert.EndsWith("#cell=5", visitor.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_for_everybody_leads_through_the_form_to_ones_own_server()
    {
        stage.Options = _ => [new() { Name = "size", Kind = StartOptionKind.Integer, Default = 1 }];
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "finn");
        await visitor.GoAsync("/hub/user-redirect/lab/tree?x=1#cell=7");
        await visitor.Page.ClickAsync("#start");
        await visitor.Page.WaitForURLAsync("**/user/finn/lab/tree?x=1**");
        Assert.EndsWith("#cell=7", visitor.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_was_never_started_can_be_started_here()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "gus");
        await visitor.GoAsync("/hub/spawn-pending/gus");
        await visitor.InspectAsync("start-idle");
        await visitor.Page.ClickAsync("#start");
        await visitor.Page.WaitForURLAsync("**/user/gus/");
    }

    private static async Task<int> ElapsedAsync(PageVisitor visitor) =>
        int.Parse((await visitor.Page.TextContentAsync("#elapsed"))!.Split(' ')[0], CultureInfo.InvariantCulture);
}
