using System.Net;
using JupyterHub.Core.Services;

namespace JupyterHub.AspNetCore.Tests.Pages.Admin;

/// <summary>Pages of services over HTTP.</summary>
public sealed class ServicePagesTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public Task The_page_asks_for_admin_ui_and_the_scope_of_the_API() => Host.CheckPageAsync("/hub/admin/services", "list:services");

    [Theory]
    [InlineData("")]
    [InlineData("/acted/delete")]
    public Task An_action_asks_for_admin_ui_the_scope_of_the_API_and_the_token_of_the_form(string path) =>
        Host.CheckActionAsync("/hub/admin/services" + path, "admin:services!service=acted", ("name", "acted"));

    [Fact]
    public async Task A_token_is_shown_once_and_kept_nowhere()
    {
        var root = await Host.SignInAsync("root");
        using var made = await root.SubmitAsync("/hub/admin/services", ("name", "with-token"), ("token", "on"), ("display", "on"));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal("no-store", made.Headers.CacheControl!.ToString());
        var page = await made.Content.ReadAsStringAsync();
        var token = page[(page.IndexOf("id=\"token\">", StringComparison.Ordinal) + 11)..][..32];
        using var used = await Host.SendAsync("GET", "/hub/api/user", token);
        Assert.Contains("with-token", await used.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, await root.TextAsync("/hub/admin/services"), StringComparison.Ordinal);

        using var asked = await root.SubmitAsync("/hub/admin/services/with-token/delete");
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        using var deleted = await root.SubmitAsync("/hub/admin/services/with-token/delete", ("confirmed", "yes"));
        Assert.Equal(HttpStatusCode.SeeOther, deleted.StatusCode);
        using var dead = await Host.SendAsync("GET", "/hub/api/user", token);
        Assert.Equal(HttpStatusCode.Forbidden, dead.StatusCode);
    }

    [Theory]
    [InlineData("url", "javascript:alert(1)")]
    [InlineData("url", "file:///etc/passwd")]
    [InlineData("url", "http://user:secret@host/")]
    [InlineData("name", "a/b")]
    [InlineData("name", "..")]
    [InlineData("name", "")]
    [InlineData("scopes", "no-such-scope")]
    [InlineData("client", "not-a-service")]
    [InlineData("redirect", "nowhere")]
    public async Task What_cannot_be_is_told_beside_its_field(string field, string value)
    {
        var fields = new Dictionary<string, string> { ["name"] = "unfit", [field] = value };
        var root = await Host.SignInAsync("root");
        using var answer = await root.SubmitAsync("/hub/admin/services", [.. fields.Select(pair => (pair.Key, pair.Value))]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"id=\"{field}-error\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(await Host.Get<ServiceListing>().FindAsync("unfit", CancellationToken.None));
    }

    [Fact]
    public async Task Nobody_makes_an_administrator_without_being_one_nor_a_service_of_another_name()
    {
        var maker = await Host.PersonAsync("admin-ui", "admin:services");
        using var admin = await maker.SubmitAsync("/hub/admin/services", ("name", "boss"), ("admin", "on"));
        Assert.True((int)admin.StatusCode is 400 or 403);
        Assert.Null(await Host.Get<ServiceListing>().FindAsync("boss", CancellationToken.None));
        var narrow = await Host.PersonAsync("admin-ui", "admin:services!service=mine");
        using var other = await narrow.SubmitAsync("/hub/admin/services", ("name", "not-mine"));
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Null(await Host.Get<ServiceListing>().FindAsync("not-mine", CancellationToken.None));
    }

    [Fact]
    public async Task Whatever_the_database_holds_no_address_of_a_service_becomes_a_link()
    {
        await Host.Data.AddAsync(new HubService { Name = AdminPeople.Markup, Url = "javascript:alert(1)//" + AdminPeople.Markup, FromConfig = true });
        var root = await Host.SignInAsync("root");
        var page = await root.TextAsync("/hub/admin/services");
        AdminPeople.AssertPlain(page);
        Assert.DoesNotContain("href=\"javascript", page, StringComparison.OrdinalIgnoreCase);
        using var refused = await root.SubmitAsync($"/hub/admin/services/{Uri.EscapeDataString(AdminPeople.Markup)}/delete", ("confirmed", "yes"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
    }
}
