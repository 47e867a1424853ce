using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Tests.Api;
using JupyterHub.AspNetCore.Tests.Hosting;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Spawning;

namespace JupyterHub.AspNetCore.Tests.Pages.Spawn;

/// <summary>Forms of the operator's own, links, and spawners that declare nothing (contract 9, features 140 to 144).</summary>
public sealed class OperatorsFormTests
{
    private const string Form = """<label for="size">Size</label><input id="size" name="size"><input type="file" name="script" aria-label="Script">""";

    [Fact]
    public async Task It_is_written_as_it_is_and_nothing_else_is()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Spawner = simple => simple.OptionsForm = Form);
        var browser = await host.SignInAsync("<b>ada");
        using var answer = await browser.GetAsync("/hub/spawn?next=%2F%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
        var page = await answer.TextAsync();
        Assert.Contains(Form, page, StringComparison.Ordinal);
        Assert.Contains("enctype=\"multipart/form-data\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>ada", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StartFormReading.Passthrough, """{"size":["small"],"both":["a","b"],"check":["on"],"script_file":[{"filename":"start.sh","body":{"__jupyterhub_bytes__":true,"data":"AP8K\n"},"content_type":"text/x-shellscript"}]}""")]
    [InlineData(StartFormReading.Simple, """{"size":"small","both":["a","b"],"check":true,"script_file":{"filename":"start.sh","body":{"__jupyterhub_bytes__":true,"data":"AP8K\n"},"content_type":"text/x-shellscript"}}""")]
    public async Task Its_fields_and_files_are_stored_as_the_original_does(StartFormReading reading, string stored)
    {
        await using var host = await HubHost.StartAsync(setup => setup.Spawner = simple => (simple.OptionsForm, simple.OptionsFromForm) = (Form, reading));
        var browser = await host.SignInAsync("ada");
        using var answer = await browser.SendAsync("POST", "/hub/spawn/ada", Upload(browser));
        Assert.Equal("/hub/spawn-pending/ada", answer.Location());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(stored), Assert.Single(await host.Data.ListAsync<HubSpawner>()).UserOptions));
    }

    [Fact]
    public async Task Code_turns_its_fields_into_options_and_may_refuse_them()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Spawner = simple =>
        {
            simple.OptionsForm = Form;
            simple.OptionsFromFormHook = (fields, _) => fields.Values["size"] is ["small"] && fields.Files.TryGetValue("script", out var files)
                ? Task.FromResult(new JsonObject { ["bytes"] = files[0].Content.Length, ["for"] = fields.UserName })
                : throw new SpawnException("Only small <ones>.");
        });
        var browser = await host.SignInAsync("ada");
        using var refused = await browser.SubmitAsync("/hub/spawn/ada", ("size", "large"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Only small &lt;ones&gt;.", await refused.TextAsync(), StringComparison.Ordinal);
        using var accepted = await browser.SendAsync("POST", "/hub/spawn/ada", Upload(browser));
        Assert.Equal("/hub/spawn-pending/ada", accepted.Location());
        Assert.Equal("""{"bytes":3,"for":"ada"}""", Assert.Single(await host.Data.ListAsync<HubSpawner>()).UserOptions!.ToJsonString());
    }

    [Fact]
    public async Task What_is_declared_is_checked_whatever_the_form_looks_like()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Spawner = simple =>
        {
            SpawnOptionsApiTests.Declare(simple);
            simple.OptionsForm = Form;
        });
        var browser = await host.SignInAsync("ada");
        using var refused = await browser.SubmitAsync("/hub/spawn/ada", ("project", "p"), ("memory", "99"), ("image", "evil"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await refused.TextAsync();
        Assert.Contains("memory: 99 is not possible here.", page, StringComparison.Ordinal);
        Assert.Contains("There is no option image.", page, StringComparison.Ordinal);
        using var accepted = await browser.SubmitAsync("/hub/spawn/ada", ("project", "p"), ("memory", "9"));
        Assert.Equal("""{"project":"p","memory":9}""", Assert.Single(await host.Data.ListAsync<HubSpawner>()).UserOptions!.ToJsonString());
    }

    [Fact]
    public async Task A_view_of_the_application_takes_its_place()
    {
        await using var host = await HubHost.StartAsync(setup =>
        {
            setup.ApplicationName = EmbeddingHost.ApplicationName;
            setup.Spawner = simple =>
            {
                SpawnOptionsApiTests.Declare(simple);
                simple.OptionsView = "/Views/StartOptions.cshtml";
            };
        });
        var browser = await host.SignInAsync("ada");
        using var asked = await browser.GetAsync("/hub/spawn");
        var page = await asked.TextAsync();
        Assert.Contains("For ada", page, StringComparison.Ordinal);
        Assert.Contains("id=\"own\" name=\"mode\" value=\"normal\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"opt-memory\"", page, StringComparison.Ordinal);
        using var refused = await browser.SubmitAsync("/hub/spawn", ("project", "p"), ("mode", "\"odd\""));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var again = await refused.TextAsync();
        Assert.Contains("value=\"&quot;odd&quot;\"", again, StringComparison.Ordinal);
        Assert.Contains("id=\"own-error\"", again, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("opt-a=1&opt-b=2&opt-b=3&c=4", """{"a":["1"],"b":["2","3"]}""")]
    [InlineData("a=1&a=2", """{"a":["1","2"]}""")]
    [InlineData("opt-next=x&next=/user/ada/x&display_name=y", """{"next":["x"]}""")]
    public async Task A_spawner_that_declares_none_stores_what_a_link_says(string query, string stored)
    {
        await using var host = await HubHost.StartAsync();
        var browser = await host.SignInAsync("ada");
        using var answer = await browser.GetAsync($"/hub/spawn/ada?{query}");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(stored, Assert.Single(await host.Data.ListAsync<HubSpawner>()).UserOptions!.ToJsonString());
    }

    [Fact]
    public async Task Without_a_form_a_start_keeps_what_was_chosen_last()
    {
        await using var host = await HubHost.StartAsync();
        var browser = await host.SignInAsync("ada");
        await host.Data.AddAsync(new HubSpawner { UserId = (await host.Data.UserAsync("ada")).Id, Name = "", UserOptions = new() { ["size"] = "s" } });
        foreach (var target in new[] { "/hub/spawn/ada?next=/user/ada/", "/hub/spawn?display_name=x" })
        {
            using var answer = await browser.GetAsync(target);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            await (await host.Get<ServerSupervisor>().StopAsync("ada", "", default)).Completion;
        }

        Assert.Equal("""{"size":"s"}""", Assert.Single(await host.Data.ListAsync<HubSpawner>()).UserOptions!.ToJsonString());
        using var bare = await browser.GetAsync("/hub/spawn/ada?opt-");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.StatusCode);
    }

    [Fact]
    public async Task A_form_that_is_too_large_or_broken_is_refused()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Spawner = simple => simple.OptionsForm = Form);
        var browser = await host.SignInAsync("ada");
        using var large = await browser.SubmitAsync("/hub/spawn/ada", ("size", new string('x', 2_000_000)));
        Assert.Equal(HttpStatusCode.BadRequest, large.StatusCode);
        using var many = await browser.SubmitAsync("/hub/spawn/ada", [.. Enumerable.Range(0, 1000).Select(number => ($"f{number}", "x"))]);
        Assert.Equal(HttpStatusCode.BadRequest, many.StatusCode);
        Assert.Empty(await host.Data.ListAsync<HubSpawner>());
    }

    private static MultipartFormDataContent Upload(HubBrowser browser)
    {
        var file = new ByteArrayContent([0x00, 0xff, 0x0a]);
        file.Headers.ContentType = new("text/x-shellscript");
        return new MultipartFormDataContent
        {
            { new StringContent(browser.Cookie("_xsrf")!), "_xsrf" }, { new StringContent("yes"), "_form" }, { new StringContent("small"), "size" },
            { new StringContent("a"), "both" }, { new StringContent("b"), "both" }, { new StringContent("on"), "check" }, { file, "script", "start.sh" },
        };
    }
}
