using System.Net;
using System.Text.Json.Nodes;
using JupyterHub.Core.Groups;

namespace JupyterHub.AspNetCore.Tests.Pages.Admin;

/// <summary>Pages of groups over HTTP: who may see and do what, and what hostile forms get.</summary>
public sealed class GroupPagesTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Theory]
    [InlineData("/hub/admin/groups", "list:groups")]
    [InlineData("/hub/admin/groups/seen", "read:groups!group=seen")]
    [InlineData("/hub/admin/groups/seen", "read:groups:name!group=seen")]
    public async Task A_page_asks_for_admin_ui_and_the_scope_of_the_API(string path, string scope)
    {
        await EnsureAsync("seen", "member-of-seen");
        await Host.CheckPageAsync(path, scope);
    }

    [Fact]
    public async Task What_is_shown_is_what_the_scopes_show()
    {
        await EnsureAsync("named", "shy-member");
        await EnsureAsync("kept-secret", "hidden-member");
        var browser = await Host.PersonAsync("admin-ui", "read:groups:name!group=named", "list:groups!group=named");
        var page = await browser.TextAsync("/hub/admin/groups/named");
        Assert.DoesNotContain("shy-member", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"json\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("kept-secret", await browser.TextAsync("/hub/admin/groups"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await browser.StatusAsync("/hub/admin/groups/kept-secret"));
    }

    [Theory]
    [InlineData("", "admin:groups")]
    [InlineData("/acted/delete", "delete:groups!group=acted")]
    [InlineData("/acted/members", "groups!group=acted")]
    [InlineData("/acted/remove", "groups!group=acted")]
    [InlineData("/acted/properties", "groups!group=acted")]
    public async Task An_action_asks_for_admin_ui_the_scope_of_the_API_and_the_token_of_the_form(string path, string scope)
    {
        await EnsureAsync("acted");
        await Host.CheckActionAsync("/hub/admin/groups" + path, scope, ("names", "x"), ("members", "x"));
    }

    [Fact]
    public async Task Markup_in_names_and_properties_stays_text()
    {
        const string markup = AdminPeople.Markup;
        var browser = await Host.PersonAsync("admin-ui", "admin:groups");
        using (var made = await browser.SubmitAsync("/hub/admin/groups", ("names", markup)))
        {
            Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
            var shown = await browser.FollowAsync(made);
            Assert.DoesNotContain("<img src=x", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var path = "/hub/admin/groups/" + Uri.EscapeDataString(markup);
        using (var saved = await browser.SubmitAsync(path + "/properties", ("json", new JsonObject { [markup] = markup, ["list"] = new JsonArray(markup) }.ToJsonString()), ("version", PropertiesVersion.Of(null))))
        {
            Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        }

        foreach (var page in new[] { path, "/hub/admin/groups", $"/hub/admin/groups?search={Uri.EscapeDataString(markup)}" })
        {
            var text = await browser.TextAsync(page);
            AdminPeople.AssertPlain(text);
        }

        using var unknown = await browser.SubmitAsync(path + "/members", ("members", markup));
        Assert.DoesNotContain("<img src=x", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("names", "")]
    [InlineData("names", ".")]
    [InlineData("names", "..")]
    [InlineData("names", "ok\n..")]
    public async Task A_name_that_cannot_be_is_refused_beside_its_field(string field, string value)
    {
        var browser = await Host.PersonAsync("admin-ui", "admin:groups", "list:groups");
        using var answer = await browser.SubmitAsync("/hub/admin/groups", (field, value));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("id=\"names-error\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_groups_are_made_together_or_not_at_all()
    {
        await EnsureAsync("there-already");
        var browser = await Host.PersonAsync("admin-ui", "admin:groups", "list:groups");
        using var refused = await browser.SubmitAsync("/hub/admin/groups", ("names", "new-one\nthere-already"));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Null(await Host.Get<GroupListing>().FindAsync("new-one", CancellationToken.None));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":")]
    public async Task What_is_no_object_of_JSON_is_refused_with_what_was_typed(string json)
    {
        await EnsureAsync("typed");
        var browser = await Host.PersonAsync("admin-ui", "groups");
        using var answer = await browser.SubmitAsync("/hub/admin/groups/typed/properties", ("json", json), ("version", PropertiesVersion.Of(null)));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("id=\"json-error\"", page, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(json), WebUtility.HtmlEncode(WebUtility.HtmlDecode(page)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Properties_that_somebody_else_changed_are_not_overwritten()
    {
        await EnsureAsync("raced");
        var browser = await Host.PersonAsync("admin-ui", "groups");
        var version = HubBrowser.HiddenField(await browser.TextAsync("/hub/admin/groups/raced"), "version");
        await Host.Get<GroupChanges>().ReplacePropertiesAsync("raced", new JsonObject { ["theirs"] = 1 }, null, CancellationToken.None);
        using var late = await browser.SubmitAsync("/hub/admin/groups/raced/properties", ("json", """{"mine":1}"""), ("version", version));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var again = await late.Content.ReadAsStringAsync();
        Assert.Equal("""{"theirs":1}""", (await Host.Get<GroupListing>().FindAsync("raced", CancellationToken.None))!.Properties!.ToJsonString());
        using var decided = await browser.SubmitAsync("/hub/admin/groups/raced/properties", ("json", """{"mine":1}"""), ("version", HubBrowser.HiddenField(again, "version")));
        Assert.Equal(HttpStatusCode.SeeOther, decided.StatusCode);
    }

    private async Task EnsureAsync(string name, params string[] members)
    {
        if (await Host.Get<GroupListing>().FindAsync(name, CancellationToken.None) is null)
        {
            await Host.Data.GroupAsync(name, members);
        }
    }
}
