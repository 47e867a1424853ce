using System.Net;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Roles.Reading;

namespace JupyterHub.AspNetCore.Tests.Pages.Admin;

/// <summary>Pages of roles over HTTP: nothing is done unseen, by nobody who may not, and not to a role that is another by then.</summary>
public sealed class RolePagesTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Theory]
    [InlineData("/hub/admin/roles", "read:roles:users")]
    [InlineData("/hub/admin/roles/admin", "read:roles")]
    [InlineData("/hub/admin/roles/~new", "admin:users")]
    public Task A_page_asks_for_admin_ui_and_the_scope_of_the_API(string path, string scope) => Host.CheckPageAsync(path, scope);

    [Theory]
    [InlineData("~new", "admin:groups")]
    [InlineData("acted-on/edit", "admin:users")]
    [InlineData("acted-on/delete", "admin:services")]
    [InlineData("acted-on/assign", "admin:users")]
    [InlineData("acted-on/remove", "admin:users")]
    public async Task An_action_asks_for_admin_ui_the_scope_of_the_API_and_the_token_of_the_form(string path, string scope)
    {
        await EnsureAsync("acted-on");
        await Host.CheckActionAsync("/hub/admin/roles/" + path, scope, ("name", "x"), ("kind", "user"));
    }

    [Fact]
    public async Task Nothing_is_done_before_it_was_looked_at()
    {
        var root = await Host.SignInAsync("root");
        using var looked = await root.SubmitAsync("/hub/admin/roles/~new", ("name", "looked-at"), ("scope", "list:users"), ("expires", "never"));
        Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        Assert.Null(await FindAsync("looked-at"));
        using var applied = await root.SubmitAsync("/hub/admin/roles/~new", [.. Fields(await looked.Content.ReadAsStringAsync())]);
        Assert.Equal(HttpStatusCode.SeeOther, applied.StatusCode);
        Assert.Equal(["list:users"], (await FindAsync("looked-at"))!.Role.Scopes);
    }

    [Theory]
    [InlineData("scopes")]
    [InlineData("holder")]
    [InlineData("description")]
    [InlineData("gone")]
    public async Task A_role_that_is_another_by_then_stays_as_it_is(string change)
    {
        var name = "raced-" + change;
        var role = await EnsureAsync(name, "list:users");
        var root = await Host.SignInAsync("root");
        using var looked = await root.SubmitAsync($"/hub/admin/roles/{name}/edit", ("scope", "list:groups"), ("expires", "keep"));
        var fields = Fields(await looked.Content.ReadAsStringAsync());
        await MeanwhileAsync(role, change);
        using var applied = await root.SubmitAsync($"/hub/admin/roles/{name}/edit", [.. fields]);
        if (change == "gone")
        {
            Assert.Equal(HttpStatusCode.NotFound, applied.StatusCode);
            return;
        }

        Assert.Equal(HttpStatusCode.Conflict, applied.StatusCode);
        var again = await applied.Content.ReadAsStringAsync();
        Assert.Contains("id=\"stale\"", again, StringComparison.Ordinal);
        Assert.DoesNotContain("list:groups", (await FindAsync(name))!.Role.Scopes);
        using var decided = await root.SubmitAsync($"/hub/admin/roles/{name}/edit", [.. Fields(again)]);
        Assert.Equal(HttpStatusCode.SeeOther, decided.StatusCode);
        Assert.Equal(["list:groups"], (await FindAsync(name))!.Role.Scopes);
    }

    [Fact]
    public async Task Nobody_hands_on_what_they_do_not_hold()
    {
        await Host.Data.UserAsync("greedy-friend");
        var browser = await Host.PersonAsync("admin-ui", "admin:users", "read:roles");
        using var looked = await browser.SubmitAsync("/hub/admin/roles/~new", ("name", "too-much"), ("scope", "shutdown"), ("expires", "never"));
        Assert.Equal(HttpStatusCode.Forbidden, looked.StatusCode);
        var page = await looked.Content.ReadAsStringAsync();
        Assert.Contains("id=\"refusal\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"apply\"", page, StringComparison.Ordinal);
        using var forced = await browser.SubmitAsync("/hub/admin/roles/~new", ("name", "too-much"), ("scope", "shutdown"), ("expires", "never"), ("stamp", "new"));
        Assert.Equal(HttpStatusCode.Forbidden, forced.StatusCode);
        Assert.Null(await FindAsync("too-much"));
    }

    [Theory]
    [InlineData("admin", "delete")]
    [InlineData("user", "edit")]
    [InlineData("from-configuration", "edit")]
    [InlineData("from-configuration", "delete")]
    public async Task Protected_roles_say_where_they_are_changed(string role, string action)
    {
        if (role == "from-configuration" && await FindAsync(role) is null)
        {
            await Host.Data.AddAsync(new HubRole { Name = role, Scopes = ["list:users"] });
        }

        var root = await Host.SignInAsync("root");
        using var answer = await root.SubmitAsync($"/hub/admin/roles/{role}/{action}", ("scope", "list:users"), ("expires", "keep"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("configuration", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"apply\"", page, StringComparison.Ordinal);
        Assert.Contains("JupyterHub:LoadRoles", await root.TextAsync("/hub/admin/roles/" + role), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "X")]
    [InlineData("name", "preview")]
    [InlineData("name", "admin")]
    [InlineData("filtered", "no-such-scope")]
    [InlineData("filtered", "inherit")]
    [InlineData("filtered", "list:users!planet=mars")]
    [InlineData("expires", "whenever")]
    [InlineData("expires-at", "yesterday")]
    [InlineData("expires-at", "2001-01-01T00:00")]
    public async Task What_makes_no_sense_is_told_beside_its_field(string field, string value)
    {
        var fields = new Dictionary<string, string> { ["name"] = "sensible", ["expires"] = field == "expires-at" ? "at" : "never", [field] = value };
        var root = await Host.SignInAsync("root");
        using var answer = await root.SubmitAsync("/hub/admin/roles/~new", [.. fields.Select(pair => (pair.Key, pair.Value))]);
        Assert.True((int)answer.StatusCode is 400 or 409, $"{(int)answer.StatusCode}");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"id=\"{(field == "expires-at" ? "expires" : field)}-error\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"sensible\"", field == "name" ? "value=\"sensible\"" : page, StringComparison.Ordinal);
        Assert.Null(await FindAsync("sensible"));
    }

    [Fact]
    public async Task An_unknown_holder_is_told_beside_the_field()
    {
        await EnsureAsync("without-holder");
        var root = await Host.SignInAsync("root");
        using var answer = await root.SubmitAsync("/hub/admin/roles/without-holder/assign", ("kind", "group"), ("holder", AdminPeople.Markup), ("expires", "never"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("id=\"holder-error\"", page, StringComparison.Ordinal);
        AdminPeople.AssertPlain(page);
    }

    [Fact]
    public async Task Markup_in_descriptions_and_filters_stays_text()
    {
        var root = await Host.SignInAsync("root");
        using var looked = await root.SubmitAsync(
            "/hub/admin/roles/~new", ("name", "marked-up"), ("description", AdminPeople.Markup), ("filtered", "list:users!group=" + AdminPeople.Markup), ("expires", "never"));
        var preview = await looked.Content.ReadAsStringAsync();
        AdminPeople.AssertPlain(preview);
        using var applied = await root.SubmitAsync("/hub/admin/roles/~new", [.. Fields(preview)]);
        Assert.Equal(HttpStatusCode.SeeOther, applied.StatusCode);
        Assert.Equal(AdminPeople.Markup, (await FindAsync("marked-up"))!.Role.Description);
        foreach (var path in new[] { "/hub/admin/roles", "/hub/admin/roles/marked-up", "/hub/admin/roles/marked-up/edit" })
        {
            AdminPeople.AssertPlain(await root.TextAsync(path));
        }
    }

    [Fact]
    public async Task Who_may_write_a_role_but_not_read_it_learns_nothing_of_it()
    {
        await EnsureAsync("given-unseen");
        await Host.Data.UserAsync("unseen-holder");
        var writer = await Host.PersonAsync("admin-ui", "admin:users", "admin:groups", "admin:services");
        using var looked = await writer.SubmitAsync("/hub/admin/roles/given-unseen/assign", ("kind", "user"), ("holder", "unseen-holder"), ("expires", "never"));
        Assert.Equal(HttpStatusCode.NotFound, looked.StatusCode);
        Assert.DoesNotContain("list:users", await looked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string Value)> Fields(string page) =>
        HubBrowser.HiddenFieldsOf(page[page.IndexOf("id=\"apply-form\"", StringComparison.Ordinal)..]).Where(field => field.Name != "_xsrf");

    private Task<RoleWithHolders?> FindAsync(string name) => Host.Get<RoleReader>().FindAsync(name, RoleVisibility.Everything, 0, 10, CancellationToken.None);

    private async Task<HubRole> EnsureAsync(string name, params string[] scopes)
    {
        if ((await Host.Data.ListAsync<HubRole>()).Find(role => role.Name == name) is { } there)
        {
            return there;
        }

        var role = await Host.Data.AddAsync(new HubRole { Name = name, Scopes = [.. scopes] });
        await Host.Data.AddAsync(new RoleOrigin { RoleId = role.Id, Origin = RoleOrigins.Api, CreatedAt = DateTime.UtcNow });
        return role;
    }

    private async Task MeanwhileAsync(HubRole role, string change)
    {
        if (change == "holder")
        {
            await Host.Data.AddAsync(new UserRole { RoleId = role.Id, UserId = (await Host.Data.UserAsync("meanwhile")).Id });
            return;
        }

        await Host.Database.WriteAsync(
            async (db, token) =>
            {
                var row = (await db.Roles.FindAsync([role.Id], token))!;
                switch (change)
                {
                    case "scopes":
                        row.Scopes = ["read:hub"];
                        break;
                    case "description":
                        row.Description = "Something else";
                        break;
                    default:
                        db.Roles.Remove(row);
                        break;
                }

                return 0;
            },
            CancellationToken.None);
    }
}
