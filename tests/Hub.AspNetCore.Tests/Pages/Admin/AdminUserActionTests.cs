using JupyterHub.Core.Roles;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace JupyterHub.AspNetCore.Tests.Pages.Admin;

/// <summary>What administrators do to users and their servers through forms.</summary>
public sealed class AdminUserActionTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public async Task Servers_are_started_and_stopped_and_the_list_tells_it()
    {
        var victim = await AdminVictim.MakeAsync(Host);
        var browser = await Host.SignInAsync("root");
        foreach (var (path, server) in new[] { ("server", ""), ("servers/lab", "lab") })
        {
            using var started = await browser.SubmitAsync($"{victim.Url}/{path}/start", ("back", victim.List));
            Assert.Equal(HttpStatusCode.SeeOther, started.StatusCode);
            Assert.Equal(victim.List, started.Location());
            await Eventually.TrueAsync("the server", () => Host.Get<ServerSupervisor>().GetStatus(victim.Name, server).IsReady);
            using var list = await browser.GetAsync(victim.List);
            var page = await list.TextAsync();
            Assert.Contains("id=\"notice\"", page, StringComparison.Ordinal);
            Assert.Contains($"formaction=\"{victim.Url}/{path}/stop\"", page, StringComparison.Ordinal);
            Assert.Contains($"href=\"/user/{victim.Name}/{(server.Length > 0 ? server + "/" : "")}\"", page, StringComparison.Ordinal);
            using var again = await browser.SubmitAsync($"{victim.Url}/{path}/start");
            using var told = await browser.GetAsync(victim.Url);
            Assert.Contains("already running", await told.TextAsync(), StringComparison.Ordinal);
            using var stopped = await browser.SubmitAsync($"{victim.Url}/{path}/stop");
            Assert.Equal(victim.Url, stopped.Location());
            await Eventually.TrueAsync("the server's end", () => !Host.Get<ServerSupervisor>().GetStatus(victim.Name, server).IsActive);
        }
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/hub/admin")]
    [InlineData("/hub/admin.evil")]
    [InlineData("/hub/administrator")]
    [InlineData("/hub/admin/../logout")]
    [InlineData("/hub/admin\\@evil.example")]
    [InlineData("/hub/admin?\r\nSet-Cookie: x=y")]
    [InlineData("/hub/logout")]
    public async Task A_form_leads_nowhere_but_into_the_administration(string back)
    {
        var victim = await AdminVictim.MakeAsync(Host);
        using var answer = await (await Host.SignInAsync("root")).SubmitAsync($"{victim.Url}/server/stop", ("back", back));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(victim.Url, answer.Location());
    }

    [Fact]
    public async Task A_named_server_is_deleted_after_a_question()
    {
        var victim = await AdminVictim.MakeAsync(Host);
        var browser = await Host.SignInAsync("root");
        using var question = await browser.SubmitAsync($"{victim.Url}/servers/lab/delete");
        Assert.Contains("id=\"question\"", await question.TextAsync(), StringComparison.Ordinal);
        Assert.NotEmpty(await ServersAsync(victim.Name));
        using var deleted = await browser.SubmitAsync($"{victim.Url}/servers/lab/delete", ("confirmed", "yes"));
        Assert.Equal(HttpStatusCode.SeeOther, deleted.StatusCode);
        await Eventually.TrueAsync("the deletion", async () => (await ServersAsync(victim.Name)).Count == 0);
    }

    [Fact]
    public async Task A_user_is_deleted_after_a_question_that_names_the_servers()
    {
        var victim = await AdminVictim.MakeAsync(Host);
        await Host.StartServerAsync(victim.Name);
        var browser = await Host.SignInAsync("root");
        using var question = await browser.SubmitAsync($"{victim.Url}/delete", ("back", victim.List));
        var asked = await question.TextAsync();
        Assert.Contains("<bdi>Default server</bdi>", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("<bdi>lab</bdi>", asked, StringComparison.Ordinal);
        Assert.True(Host.Get<ServerSupervisor>().GetStatus(victim.Name, "").IsReady);
        using var deleted = await browser.SubmitAsync($"{victim.Url}/delete", ("confirmed", "yes"), ("back", victim.List));
        Assert.Equal(victim.List, deleted.Location());
        Assert.DoesNotContain(await Host.Data.ListAsync<HubUser>(), user => user.Name == victim.Name);
        Assert.Empty(Host.Get<ServerSupervisor>().ActiveOf(victim.Name));
    }

    /// <summary>As with the API: the flag alone, without the scope for everybody, makes nobody an administrator.</summary>
    [Fact]
    public async Task The_flag_without_the_scope_for_all_users_makes_no_administrators()
    {
        var victim = await AdminVictim.MakeAsync(Host);
        var name = $"narrow{Guid.NewGuid():N}";
        await Host.Data.GrantAsync(name, "admin-ui", $"admin:users!user={victim.Name}", $"read:users!user={victim.Name}");
        var browser = await Host.SignInAsync(name);
        await Host.Database.WriteAsync((db, token) => db.Users.Where(user => user.Name == name).ExecuteUpdateAsync(set => set.SetProperty(user => user.Admin, true), token), CancellationToken.None);
        using var answer = await browser.SubmitAsync($"{victim.Url}/edit", ("name", victim.Name), ("admin", "yes"));
        Assert.False((await Host.Data.ListAsync<HubUser>()).Single(user => user.Name == victim.Name).Admin);
        using var page = await browser.GetAsync($"{victim.Url}/edit");
        Assert.DoesNotContain("name=\"admin\"", await page.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_gave_a_role_is_told_to_whom_may_read_that_name_only()
    {
        var victim = await AdminVictim.MakeAsync(Host);
        var role = await Host.Data.AddAsync(new HubRole { Name = $"given-{Guid.NewGuid():N}", Scopes = [] });
        await Host.Data.AddAsync(new UserRole { RoleId = role.Id, UserId = (await Host.Data.UserAsync(victim.Name)).Id });
        await Host.Data.AddAsync(new UserRoleOrigin
        {
            RoleId = role.Id, UserId = (await Host.Data.UserAsync(victim.Name)).Id, Origin = RoleOrigins.Api, Creator = "user secretgiver", CreatedAt = new DateTime(2026, 1, 1),
        });
        var narrow = await Host.PersonAsync("admin-ui", $"read:users!user={victim.Name}");
        var page = await narrow.TextAsync(victim.Url);
        Assert.Contains(role.Name, page, StringComparison.Ordinal);
        Assert.DoesNotContain("secretgiver", page, StringComparison.Ordinal);
        Assert.Contains("secretgiver", await (await Host.SignInAsync("root")).TextAsync(victim.Url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_deletes_themselves()
    {
        var browser = await Host.SignInAsync("root");
        using var answer = await browser.SubmitAsync("/hub/admin/users/root/delete", ("confirmed", "yes"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var page = await browser.GetAsync("/hub/admin/users/root");
        Assert.DoesNotContain("id=\"delete\"", await page.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_administrators_delete_the_same_user()
    {
        var victim = await AdminVictim.MakeAsync(Host);
        await Host.StartServerAsync(victim.Name);
        await Host.Data.UserAsync("second", admin: true);
        var browsers = new[] { await Host.SignInAsync("root"), await Host.SignInAsync("second") };
        var answers = await Task.WhenAll(browsers.Select(browser => browser.SubmitAsync($"{victim.Url}/delete", ("confirmed", "yes"))));
        foreach (var answer in answers)
        {
            // Whoever came while the other's stop was under way is told to try again; nobody meets an error.
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            Assert.Contains(answer.Location(), new[] { "/hub/admin", victim.Url });
            answer.Dispose();
        }

        Assert.DoesNotContain(await Host.Data.ListAsync<HubUser>(), user => user.Name == victim.Name);
        using var late = await browsers[0].SubmitAsync($"{victim.Url}/delete", ("confirmed", "yes"));
        Assert.Equal("/hub/admin", late.Location());
        using var question = await browsers[0].SubmitAsync($"{victim.Url}/delete");
        Assert.Equal(HttpStatusCode.NotFound, question.StatusCode);
    }

    [Fact]
    public async Task A_user_is_renamed_and_made_an_administrator()
    {
        var victim = await AdminVictim.MakeAsync(Host);
        var browser = await Host.SignInAsync("root");
        var renamed = $"renamed{Guid.NewGuid():N}";
        using var saved = await browser.SubmitAsync($"{victim.Url}/edit", ("name", $"  {renamed.ToUpperInvariant()} "), ("admin", "yes"));
        Assert.Equal($"/hub/admin/users/{renamed}", saved.Location());
        var user = Assert.Single(await Host.Data.ListAsync<HubUser>(), row => row.Name == renamed);
        Assert.True(user.Admin);
        using var unmade = await browser.SubmitAsync($"/hub/admin/users/{renamed}/edit", ("name", renamed));
        Assert.Equal(HttpStatusCode.SeeOther, unmade.StatusCode);
        Assert.False((await Host.Data.UserAsync(renamed)).Admin);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("root")]
    [InlineData("")]
    public async Task A_name_that_cannot_be_is_refused_beside_its_field(string name)
    {
        var victim = await AdminVictim.MakeAsync(Host);
        using var answer = await (await Host.SignInAsync("root")).SubmitAsync($"{victim.Url}/edit", ("name", name));
        var page = await answer.TextAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("aria-invalid=\"true\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"name-error\"", page, StringComparison.Ordinal);
        await victim.IsAsBeforeAsync(Host);
    }

    [Fact]
    public async Task A_user_with_running_servers_keeps_the_name()
    {
        var victim = await AdminVictim.MakeAsync(Host);
        await Host.StartServerAsync(victim.Name);
        using var answer = await (await Host.SignInAsync("root")).SubmitAsync($"{victim.Url}/edit", ("name", victim.Name + "2"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("id=\"name-error\"", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Giving_up_being_an_administrator_is_asked_first()
    {
        var name = $"chief{Guid.NewGuid():N}";
        await Host.Data.UserAsync(name, admin: true);
        var browser = await Host.SignInAsync(name);
        using var question = await browser.SubmitAsync($"/hub/admin/users/{name}/edit", ("name", name));
        Assert.Contains("id=\"question\"", await question.TextAsync(), StringComparison.Ordinal);
        Assert.True((await Host.Data.UserAsync(name)).Admin);
        using var given = await browser.SubmitAsync($"/hub/admin/users/{name}/edit", ("name", name), ("confirmed", "yes"));
        Assert.Equal("/hub/home", given.Location());
        using var closed = await browser.GetAsync("/hub/admin");
        Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
    }

    [Fact]
    public async Task A_user_is_signed_out_everywhere_after_a_question()
    {
        var victim = await AdminVictim.MakeAsync(Host);
        var theirs = await Host.SignInAsync(victim.Name);
        var browser = await Host.SignInAsync("root");
        using var question = await browser.SubmitAsync($"{victim.Url}/sign-out");
        Assert.Contains("id=\"question\"", await question.TextAsync(), StringComparison.Ordinal);
        await StatusAsync(theirs, "/hub/home", HttpStatusCode.OK);
        using var done = await browser.SubmitAsync($"{victim.Url}/sign-out", ("confirmed", "yes"));
        Assert.Equal(victim.Url, done.Location());
        await StatusAsync(theirs, "/hub/home", HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Many_users_are_made_at_once_and_each_name_is_answered()
    {
        var (mark, longest) = (Guid.NewGuid().ToString("N"), new string('x', 256));
        await Host.Data.UserAsync($"old{mark}");
        var browser = await Host.SignInAsync("root");
        using var answer = await browser.SubmitAsync(
            "/hub/admin/add-users", ("names", $"New{mark}, old{mark}\r\n\r\n  b{mark}  ,bad/{mark}\nB{mark}\n<b>{mark}</b>\n{longest}"), ("admin", "yes"));
        var page = WebUtility.HtmlDecode(await answer.TextAsync());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("2 users were created", page, StringComparison.Ordinal);
        Assert.Contains("Existed already", page, StringComparison.Ordinal);
        Assert.Contains("The same name stands above", page, StringComparison.Ordinal);
        Assert.Contains("Refused: a name has no slash", page, StringComparison.Ordinal);
        Assert.Contains("Refused: a name has 255 characters at most", page, StringComparison.Ordinal);
        var users = (await Host.Data.ListAsync<HubUser>()).Where(user => user.Name.Contains(mark, StringComparison.Ordinal)).ToDictionary(user => user.Name, user => user.Admin);
        Assert.Equal(new Dictionary<string, bool> { [$"new{mark}"] = true, [$"b{mark}"] = true, [$"old{mark}"] = false }, users);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ,\n")]
    public async Task No_name_is_an_error_beside_the_field(string names)
    {
        using var answer = await (await Host.SignInAsync("root")).SubmitAsync("/hub/admin/add-users", ("names", names));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("id=\"names-error\"", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_than_a_thousand_are_made_at_once()
    {
        using var answer = await (await Host.SignInAsync("root")).SubmitAsync("/hub/admin/add-users", ("names", string.Join(',', Enumerable.Range(0, 1001).Select(index => $"crowd{index}"))));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(await Host.Data.ListAsync<HubUser>(), user => user.Name.StartsWith("crowd", StringComparison.Ordinal));
    }

    private static async Task StatusAsync(HubBrowser browser, string target, HttpStatusCode status)
    {
        using var answer = await browser.GetAsync(target);
        Assert.Equal(status, answer.StatusCode);
    }

    private async Task<List<HubSpawner>> ServersAsync(string name)
    {
        var id = (await Host.Data.UserAsync(name)).Id;
        return [.. (await Host.Data.ListAsync<HubSpawner>()).Where(row => row.UserId == id)];
    }
}
