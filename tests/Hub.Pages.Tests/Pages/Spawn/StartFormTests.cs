using JupyterHub.Core.Servers;
using JupyterHub.Core.Spawning;
using JupyterHub.Pages.Tests.Browsing;
using Microsoft.Playwright;

namespace JupyterHub.Pages.Tests.Pages.Spawn;

/// <summary>The form of start options as a person meets it.</summary>
public sealed class StartFormTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private Stage stage = null!;
    private HubHost host = null!;

    public async Task InitializeAsync()
    {
        stage = await Stage.OpenAsync();
        stage.Options = _ => Samples.EveryKind;
        host = await stage.HubAsync();
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await stage.DisposeAsync();
    }

    [Fact]
    public async Task Every_kind_of_option_is_chosen_refused_kept_and_remembered()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "ada");
        await visitor.GoAsync("/hub/spawn/ada?next=/user/ada/lab/tree");
        await visitor.InspectAsync("start");

        await visitor.Page.FillAsync("#opt-project", "Not Allowed");
        await visitor.Page.FillAsync("#opt-note", Samples.Markup);
        await visitor.Page.CheckAsync("#opt-gpu");
        await visitor.Page.CheckAsync("#opt-image-2");
        await visitor.Page.SelectOptionAsync("#opt-region", "z7");
        await visitor.Page.Locator("#start-form").EvaluateAsync("form => { form.noValidate = true; form.elements.memory.value = '99'; }");
        await visitor.Page.ClickAsync("#start");
        await visitor.Page.WaitForSelectorAsync("#opt-memory-error");
        Assert.True(await visitor.Page.Locator("#opt-project-error").IsVisibleAsync());
        Assert.Equal("99", await visitor.Page.InputValueAsync("#opt-memory"));
        Assert.Equal(Samples.Markup, await visitor.Page.InputValueAsync("#opt-note"));
        Assert.True(await visitor.Page.IsCheckedAsync("#opt-gpu"));
        Assert.True(await visitor.Page.IsCheckedAsync("#opt-image-2"));
        Assert.Equal("z7", await visitor.Page.InputValueAsync("#opt-region"));
        await visitor.InspectAsync("start-error");

        await visitor.Page.FillAsync("#opt-project", "physics");
        await visitor.Page.FillAsync("#opt-memory", "8");
        await visitor.Page.ClickAsync("#start");
        await visitor.Page.WaitForURLAsync("**/user/ada/lab/tree");
        var started = Assert.Single(stage.Requests).UserOptions;
        Assert.Equal(
            $$"""{"project":"physics","note":{{System.Text.Json.JsonSerializer.Serialize(Samples.Markup)}},"memory":8,"share":1,"gpu":true,"image":"rtl","region":"z7"}""", started.ToJsonString());

        await StopAsync("ada");
        await visitor.GoAsync("/hub/spawn");
        Assert.Equal("physics", await visitor.Page.InputValueAsync("#opt-project"));
        Assert.Equal("8", await visitor.Page.InputValueAsync("#opt-memory"));
        Assert.True(await visitor.Page.IsCheckedAsync("#opt-image-2"));
    }

    [Fact]
    public async Task What_is_not_possible_any_more_gives_way_to_the_default_with_a_word()
    {
        await host.Data.UserAsync("grace");
        await (await host.Get<ServerSupervisor>().StartAsync("grace", "", new(UserOptions: new() { ["project"] = "p", ["memory"] = 60, ["image"] = "r" }), default)).Completion;
        await StopAsync("grace");
        stage.Options = _ =>
        [
            new() { Name = "memory", Label = "Memory", Unit = "GB", Kind = StartOptionKind.Integer, Minimum = 1, Maximum = 16, Default = 2 },
            new() { Name = "image", Label = "Software", Kind = StartOptionKind.Choice, Choices = [new() { Value = "r" }, new() { Value = "base" }], Default = "base" },
        ];
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "grace");
        await visitor.GoAsync("/hub/spawn");
        Assert.Equal("2", await visitor.Page.InputValueAsync("#opt-memory"));
        Assert.Contains("60", await visitor.Page.InnerTextAsync("#opt-memory-note"), StringComparison.Ordinal);
        Assert.True(await visitor.Page.IsCheckedAsync("#opt-image-0"));
        await visitor.InspectAsync("start-remembered");
        await visitor.Page.ClickAsync("#start");
        await visitor.Page.WaitForURLAsync("**/user/grace/");
        Assert.Equal("""{"memory":2,"image":"r"}""", stage.Requests.Last().UserOptions.ToJsonString());
    }

    [Fact]
    public async Task A_new_server_of_somebody_else_gets_a_display_name()
    {
        await host.Data.UserAsync(Samples.LongName);
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "root");
        await visitor.GoAsync($"/hub/spawn/{Samples.LongName}/lab?display_name=Two%20%20spaces");
        Assert.Contains(Samples.LongName, await visitor.Page.InnerTextAsync("h1"), StringComparison.Ordinal);
        await visitor.Page.FillAsync("#opt-project", "p");
        await visitor.Page.ClickAsync("#start");
        await visitor.Page.WaitForSelectorAsync("#display_name-error");
        await visitor.InspectAsync("start-other");
        await visitor.Page.FillAsync("#display_name", Samples.RightToLeft);
        await visitor.Page.ClickAsync("#start");
        await visitor.Page.WaitForURLAsync($"**/user/{Samples.LongName}/lab/**");
        Assert.Equal(Samples.RightToLeft, Assert.Single(await host.Data.ListAsync<HubSpawner>(), row => row.Name == "lab").DisplayName);
    }

    [Fact]
    public async Task Without_scripts_form_start_waiting_and_server_follow_each_other()
    {
        var gate = new TaskCompletionSource();
        stage.OnStart = async (request, token) =>
        {
            request.Observer.Report("The machine is being prepared", 30);
            await gate.Task.WaitAsync(token);
        };
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "linus", hasScripts: false);
        await visitor.GoAsync("/hub/spawn");
        await visitor.Page.FillAsync("#opt-project", "kernel");
        await visitor.Page.ClickAsync("#start");
        await visitor.Page.WaitForURLAsync("**/hub/spawn-pending/linus");

        // The page renews itself.
        await Assertions.Expect(visitor.Page.Locator("#log")).ToContainTextAsync("The machine is being prepared");
        gate.SetResult();
        await visitor.Page.WaitForURLAsync("**/user/linus/");
        Assert.True(await visitor.Page.Locator("#here").IsVisibleAsync());
    }

    [Fact]
    public async Task The_button_of_the_home_page_leads_to_the_form()
    {
        await using var visitor = await PageVisitor.SignInAsync(chromium, host, "home");
        await visitor.Page.ClickAsync("#start");
        await visitor.Page.WaitForSelectorAsync("#opt-project");
        Assert.Empty(stage.Requests);
    }

    private async Task StopAsync(string user) => await (await host.Get<ServerSupervisor>().StopAsync(user, "", default)).Completion;
}
