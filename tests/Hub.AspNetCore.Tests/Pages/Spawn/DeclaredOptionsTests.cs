using System.Text.RegularExpressions;
using JupyterHub.AspNetCore.Tests.Api;
using JupyterHub.Core.Servers;

namespace JupyterHub.AspNetCore.Tests.Pages.Spawn;

/// <summary>The start page of a spawner that declares options (contract 9).</summary>
public sealed partial class DeclaredOptionsTests : IAsyncLifetime
{
    private HubHost host = null!;

    public async Task InitializeAsync() => host = await HubHost.StartAsync(setup =>
    {
        setup.Hub = hub =>
        {
            hub.AllowNamedServers = true;
            hub.NamedServerLimitPerUser = 1;
        };
        setup.Spawner = SpawnOptionsApiTests.Declare;
    });

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Theory]
    [InlineData("/hub/spawn")]
    [InlineData("/hub/spawn/ada")]
    [InlineData("/hub/spawn/ada/lab")]
    [InlineData("/hub/spawn/ada?next=%2Fuser%2Fada%2Fx&display_name=x")]
    public async Task A_visit_shows_the_form_and_starts_nothing(string target)
    {
        var browser = await host.SignInAsync("ada");
        using var answer = await browser.GetAsync(target);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.TextAsync();
        Assert.Contains("name=\"project\"", page, StringComparison.Ordinal);
        Assert.Equal(target.Contains("/lab", StringComparison.Ordinal), page.Contains("name=\"display_name\"", StringComparison.Ordinal));
        Assert.Empty(await host.Data.ListAsync<HubSpawner>());
    }

    [Theory]
    [InlineData("opt-project=p&opt-memory=8", """{"project":"p","memory":8}""")]
    [InlineData("opt-project=p&opt-memory=7&opt-memory=8", """{"project":"p","memory":8}""")]
    [InlineData("project=p", """{"project":"p"}""")]
    [InlineData("opt-project=p&memory=99&utm_source=mail", """{"project":"p"}""")]
    [InlineData("opt-project=p&display_name=Two++spaces", """{"project":"p"}""")]
    public async Task A_link_with_good_options_starts_at_once(string query, string stored)
    {
        var browser = await host.SignInAsync("ada");
        using var answer = await browser.GetAsync($"/hub/spawn/ada?{query}&next=%2Fuser%2Fada%2Fx");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/hub/spawn-pending/ada?", answer.Location(), StringComparison.Ordinal);
        Assert.EndsWith("next=%2Fuser%2Fada%2Fx", answer.Location(), StringComparison.Ordinal);
        Assert.DoesNotContain("display_name", answer.Location(), StringComparison.Ordinal);
        Assert.Equal(stored, Assert.Single(await host.Data.ListAsync<HubSpawner>()).UserOptions!.ToJsonString());
    }

    [Theory]
    [InlineData("opt-project=p&opt-memory=99", 400, "id=\"opt-memory-error\"")]
    [InlineData("opt-project=p&opt-memory=%3Cscript%3Ealert(1)%3C/script%3E", 400, "value=\"&lt;script&gt;alert(1)&lt;/script&gt;\"")]
    [InlineData("opt-memory=8", 400, "id=\"opt-project-error\"")]
    [InlineData("opt-nope%3Cb%3E=8", 400, "nope&lt;b&gt;")]
    [InlineData("utm_source=mail", 400, "utm_source")]
    [InlineData("opt-=1", 422, "Invalid user-option name opt-")]
    [InlineData("opt-project=p&opt-", 422, "Invalid user-option name opt-")]
    public async Task A_link_with_wrong_options_shows_what_is_wrong(string query, int status, string shown)
    {
        var browser = await host.SignInAsync("ada");
        using var answer = await browser.GetAsync($"/hub/spawn/ada?{query}");
        Assert.Equal(status, (int)answer.StatusCode);
        var page = await answer.TextAsync();
        Assert.Contains(shown, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Empty(await host.Data.ListAsync<HubSpawner>());
    }

    [Fact]
    public async Task A_form_with_mistakes_comes_back_with_what_was_typed()
    {
        var browser = await host.SignInAsync("ada");
        using var answer = await browser.SubmitAsync("/hub/spawn/ada?next=/user/ada/x", ("_form", "yes"), ("memory", "many"), ("project", "a project's name \"><i>"), ("mode", "exit"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.TextAsync();
        Assert.Contains("value=\"many\"", page, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", page, StringComparison.Ordinal);
        Assert.Contains("a project&#x27;s name &quot;&gt;&lt;i&gt;", page, StringComparison.Ordinal);
        Assert.Matches("""value="exit"[^>]*checked""", page);
        Assert.Contains("action=\"/hub/spawn/ada?next=%2Fuser%2Fada%2Fx\"", page, StringComparison.Ordinal);
        Assert.Empty(await host.Data.ListAsync<HubSpawner>());
    }

    [Fact]
    public async Task A_button_leads_to_the_form_and_a_second_try_keeps_the_choices()
    {
        var browser = await host.SignInAsync("ada");
        using var button = await browser.SubmitAsync("/hub/spawn/ada/lab?next=/user/ada/lab/x&display_name=My+lab");
        Assert.Equal(HttpStatusCode.SeeOther, button.StatusCode);
        Assert.Equal("/hub/spawn/ada/lab?display_name=My+lab&next=%2Fuser%2Fada%2Flab%2Fx", button.Location());
        using var incomplete = await browser.SubmitAsync("/hub/spawn/ada", ("_kept", "yes"));
        Assert.Equal(HttpStatusCode.BadRequest, incomplete.StatusCode);
        Assert.Contains("id=\"opt-project-error\"", await incomplete.TextAsync(), StringComparison.Ordinal);
        using var failing = await browser.SubmitAsync("/hub/spawn/ada", ("project", "p"), ("mode", "exit"));
        Assert.Equal("/hub/spawn-pending/ada", failing.Location());
        await Eventually.TrueAsync(() => host.Get<ServerSupervisor>().GetStatus("ada", "").Failure is not null);
        using var failed = await browser.GetAsync("/hub/spawn-pending/ada");
        var page = await failed.TextAsync();
        Assert.Contains("name=\"_kept\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"options\"", page, StringComparison.Ordinal);
        using var retry = await browser.SubmitAsync("/hub/spawn/ada", ("_kept", "yes"));
        Assert.Equal("/hub/spawn-pending/ada", retry.Location());
        Assert.Equal("""{"project":"p","mode":"exit"}""", Assert.Single(await host.Data.ListAsync<HubSpawner>()).UserOptions!.ToJsonString());
    }

    [Fact]
    public async Task A_new_server_is_named_in_the_form()
    {
        var browser = await host.SignInAsync("ada");
        foreach (var wrong in new[] { "two  spaces", new string('x', 300), "tab\there" })
        {
            using var refused = await browser.SubmitAsync("/hub/spawn/ada/lab", ("project", "p"), ("display_name", wrong));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("id=\"display_name-error\"", await refused.TextAsync(), StringComparison.Ordinal);
        }

        using var started = await browser.SubmitAsync("/hub/spawn/ada/lab", ("project", "p"), ("display_name", " My <b>lab</b> "));
        Assert.Equal("/hub/spawn-pending/ada/lab", started.Location());
        Assert.Equal("My <b>lab</b>", Assert.Single(await host.Data.ListAsync<HubSpawner>()).DisplayName);

        using var invalid = await browser.GetAsync("/hub/spawn/ada/Not-Valid");
        Assert.Equal(HttpStatusCode.BadRequest, invalid.StatusCode);
        using var oneTooMany = await browser.GetAsync("/hub/spawn/ada/second");
        Assert.Equal(HttpStatusCode.BadRequest, oneTooMany.StatusCode);
    }

    [Fact]
    public async Task Others_see_no_form_and_start_nothing()
    {
        await host.Data.UserAsync("ben");
        var browser = await host.SignInAsync("ada");
        foreach (var target in new[] { "/hub/spawn/ben", "/hub/spawn/ben/lab", "/hub/spawn/nobody" })
        {
            using var seen = await browser.GetAsync(target + "?opt-project=p");
            Assert.Equal(HttpStatusCode.NotFound, seen.StatusCode);
            using var sent = await browser.SubmitAsync(target, ("project", "p"));
            Assert.Equal(HttpStatusCode.NotFound, sent.StatusCode);
        }

        // Starting is one scope, the page asks for all of "servers" (contract 9).
        await host.Data.GrantAsync("ada", "start:servers!user=ben");
        using var starter = await browser.GetAsync("/hub/spawn/ben");
        Assert.Equal(HttpStatusCode.NotFound, starter.StatusCode);
        await host.Data.GrantAsync("ada", "servers!user=ben");
        using var holder = await browser.GetAsync("/hub/spawn/ben");
        Assert.Equal(HttpStatusCode.OK, holder.StatusCode);
        var heading = Heading().Match(await holder.TextAsync()).Value;
        Assert.Contains("ben", heading, StringComparison.Ordinal);
        Assert.DoesNotContain("your", heading, StringComparison.OrdinalIgnoreCase);
        using var admin = await (await host.SignInAsync("root")).GetAsync("/hub/spawn/nobody");
        Assert.Equal(HttpStatusCode.NotFound, admin.StatusCode);
        Assert.Empty(await host.Data.ListAsync<HubSpawner>());
    }

    /// <summary>CVE-2026-40864: a background request of another page's gets the form at most.</summary>
    [Theory]
    [InlineData("no-cors", "image")]
    [InlineData("cors", "empty")]
    [InlineData("navigate", "iframe")]
    public async Task CVE_2026_40864_options_in_a_background_request_start_nothing(string mode, string destination)
    {
        var browser = await host.SignInAsync("ada");
        using var answer = await browser.GetAsync("/hub/spawn/ada?opt-project=p", ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", destination), ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        using var forged = await browser.PostFormAsync("/hub/spawn/ada", ("project", "p"));
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        Assert.Empty(await host.Data.ListAsync<HubSpawner>());
    }

    [Fact]
    public async Task A_full_hub_says_so_in_the_form_and_loses_nothing_of_it()
    {
        await using var full = await HubHost.StartAsync(setup =>
        {
            setup.Hub = hub => hub.ConcurrentSpawnLimit = 1;
            setup.Spawner = simple =>
            {
                SpawnOptionsApiTests.Declare(simple);
                simple.Command = ["/bin/sleep", "600"];
                simple.InterruptTimeout = 0.1;
            };
        });
        var first = await full.SignInAsync("ada");
        using var begun = await first.SubmitAsync("/hub/spawn/ada", ("project", "p"));
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        var second = await full.SignInAsync("ben");
        using var refused = await second.SubmitAsync("/hub/spawn/ben", ("project", "mine"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Header("Retry-After"));
        Assert.Contains("value=\"mine\"", await refused.TextAsync(), StringComparison.Ordinal);
        using var again = await first.SubmitAsync("/hub/spawn/ada", ("project", "p"));
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        using var watching = await first.GetAsync("/hub/spawn/ada?opt-project=p");
        Assert.StartsWith("/hub/spawn-pending/ada", watching.Location(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_that_send_the_form_at_once_both_watch_one_start()
    {
        var browser = await host.SignInAsync("ada");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.Copy().SubmitAsync("/hub/spawn/ada", ("project", "p"))));
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.BadRequest, $"{answer.StatusCode}"));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        Assert.Single(await host.Data.ListAsync<HubSpawner>());
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [GeneratedRegex("<h1.*?</h1>", RegexOptions.Singleline)]
    private static partial Regex Heading();
}
