using System.Net;
using JupyterHub.Core.Announcements;

namespace JupyterHub.AspNetCore.Tests.Pages.Admin;

/// <summary>Announcements of the administration's page over HTTP.</summary>
public sealed class AnnouncementPagesTests
{
    private const string Form = "/hub/admin/hub/announcements/login";

    [Fact]
    public async Task What_is_set_is_told_and_can_be_removed()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.Announcement = "from the file");
        var browser = await host.PersonAsync("admin-ui", "read:hub", "admin:users");
        using (var set = await browser.SubmitAsync(Form, ("message", "Maintenance\r\ntonight")))
        {
            Assert.Equal(HttpStatusCode.SeeOther, set.StatusCode);
            Assert.Equal("/hub/admin/hub", set.Headers.Location!.OriginalString);
        }

        Assert.Equal("Maintenance\ntonight", Assert.Single(await host.Data.ListAsync<Announcement>()).Message);
        Assert.Contains("tonight", await host.Browser().TextAsync("/hub/login"), StringComparison.Ordinal);
        Assert.Contains("remove-login", await browser.TextAsync("/hub/admin/hub"), StringComparison.Ordinal);
        using var removed = await browser.SubmitAsync(Form + "/remove");
        Assert.Equal(HttpStatusCode.SeeOther, removed.StatusCode);
        Assert.Empty(await host.Data.ListAsync<Announcement>());
        Assert.Contains("from the file", await host.Browser().TextAsync("/hub/login"), StringComparison.Ordinal);
        Assert.DoesNotContain("remove-login", await browser.TextAsync("/hub/admin/hub"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin-ui", "admin:users")]
    [InlineData("admin-ui", "read:hub")]
    [InlineData("read:hub", "admin:users")]
    [InlineData("admin-ui", "read:hub", "admin:users!user=ada")]
    public async Task A_form_asks_for_all_scopes_and_the_token_of_the_form(params string[] scopes)
    {
        await using var host = await HubHost.StartAsync();
        var lacking = await host.PersonAsync(scopes);
        var allowed = await host.PersonAsync("admin-ui", "read:hub", "admin:users");
        foreach (var path in new[] { Form, Form + "/remove" })
        {
            using var refused = await lacking.SubmitAsync(path, ("message", "x"));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            using var foreign = await allowed.PostFormAsync(path, ("message", "x"));
            Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        }

        Assert.Empty(await host.Data.ListAsync<Announcement>());
    }

    [Fact]
    public async Task Who_may_only_look_sees_what_is_told_and_no_form()
    {
        await using var host = await HubHost.StartAsync(setup => setup.Hub = hub => hub.Announcement = "<b>from the file</b>");
        var page = await (await host.PersonAsync("admin-ui", "read:hub")).TextAsync("/hub/admin/hub");
        Assert.Contains("announcement-all", page, StringComparison.Ordinal);
        Assert.DoesNotContain("announcement-login", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/announcements/", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>from", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_announcement_is_refused_beside_what_was_typed()
    {
        await using var host = await HubHost.StartAsync();
        var browser = await host.PersonAsync("admin-ui", "read:hub", "admin:users");
        using var longer = await browser.SubmitAsync(Form, ("message", new string('x', PageAnnouncements.LongestMessage + 1)));
        Assert.Equal(HttpStatusCode.BadRequest, longer.StatusCode);
        var page = await longer.Content.ReadAsStringAsync();
        Assert.Contains("message-login-error", page, StringComparison.Ordinal);
        Assert.Contains(new string('x', PageAnnouncements.LongestMessage + 1), page, StringComparison.Ordinal);
        using var missing = await browser.SubmitAsync(Form);
        Assert.Equal(HttpStatusCode.BadRequest, missing.StatusCode);
        using var nowhere = await browser.SubmitAsync("/hub/admin/hub/announcements/nowhere", ("message", "x"));
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
        using var nothing = await browser.SubmitAsync(Form + "/remove");
        Assert.Equal(HttpStatusCode.SeeOther, nothing.StatusCode);
        Assert.Empty(await host.Data.ListAsync<Announcement>());
    }

    [Fact]
    public async Task Hostile_text_stays_text()
    {
        await using var host = await HubHost.StartAsync();
        var browser = await host.PersonAsync("admin-ui", "read:hub", "admin:users");
        using var set = await browser.SubmitAsync(Form, ("message", AdminPeople.Markup));
        Assert.Equal(HttpStatusCode.SeeOther, set.StatusCode);
        AdminPeople.AssertPlain(await browser.TextAsync("/hub/admin/hub"));
        AdminPeople.AssertPlain(await host.Browser().TextAsync("/hub/login"));
    }
}
