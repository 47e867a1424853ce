using System.Net;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Shares;

namespace JupyterHub.AspNetCore.Tests.Pages.Admin;

/// <summary>Questions about access: what is answered, to whom, and what a question may not be.</summary>
public sealed class AccessPagesTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private HubHost Host => fixture.Host;

    [Fact]
    public Task The_page_asks_for_admin_ui_and_the_scope_of_the_API() => Host.CheckPageAsync("/hub/admin/access", "read:roles");

    [Theory]
    [InlineData("user=root&scope=shutdown", "true")]
    [InlineData("user=plain&scope=shutdown", "false")]
    [InlineData("user=plain&scope=access:servers&server=plain/", "true")]
    [InlineData("user=plain&scope=access:servers&server=root", "false")]
    [InlineData("ask=why&who=user&name=plain&scope=servers&kind=server&on=plain/lab", "true")]
    [InlineData("user=plain&scope=servers!server=plain/lab", "true")]
    public async Task A_link_is_answered(string query, string allowed)
    {
        await Host.Data.UserAsync("plain");
        var root = await Host.SignInAsync("root");
        Assert.Contains($"data-allowed=\"{allowed}\"", await root.TextAsync("/hub/admin/access?" + query), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user=root&scope=no-such", 400)]
    [InlineData("user=root&scope=", 400)]
    [InlineData("ask=why&name=&scope=shutdown", 400)]
    [InlineData("scope=servers&kind=server&on=", 400)]
    [InlineData("user=root&scope=servers!user", 400)]
    [InlineData("user=nobody-of-this-name&scope=shutdown", 404)]
    public async Task A_question_that_makes_no_sense_is_told(string query, int status)
    {
        var root = await Host.SignInAsync("root");
        using var answer = await root.GetAsync("/hub/admin/access?" + query);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains("role=\"alert\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_are_found_by_role_by_group_by_share_and_by_owning_it()
    {
        await Host.Data.GroupAsync("readers", "by-group");
        var spawner = await Host.Data.SpawnerAsync("owner", "lab");
        var role = await Host.Data.AddAsync(new HubRole { Name = "lab-readers", Scopes = ["access:servers!server=owner/lab"] });
        await Host.Data.AddAsync(new UserRole { RoleId = role.Id, UserId = (await Host.Data.UserAsync("by-role")).Id });
        var groups = await Host.Data.ListAsync<Core.Groups.HubGroup>();
        await Host.Data.AddAsync(new GroupRole { RoleId = role.Id, GroupId = groups.Single(group => group.Name == "readers").Id });
        await Host.Data.AddAsync(new Share
        {
            OwnerId = spawner.UserId,
            SpawnerId = spawner.Id,
            UserId = (await Host.Data.UserAsync("by-share")).Id,
            Scopes = ["access:servers!server=owner/lab"],
            CreatedAt = DateTime.UtcNow,
        });
        await Host.Data.UserAsync("by-nothing");
        await Host.Data.ServiceTokenAsync("by-service", "access:servers");
        var root = await Host.SignInAsync("root");
        var page = await root.TextAsync("/hub/admin/access?scope=access:servers&server=owner/lab");
        foreach (var name in new[] { "by-role", "by-group", "by-share", "owner", "root", "by-service" })
        {
            Assert.Matches($"<th scope=\"row\">\\s*(<a [^>]*>)?<bdi>{name}</bdi>", page);
        }

        Assert.DoesNotContain("by-nothing", page, StringComparison.Ordinal);
        var second = await root.TextAsync("/hub/admin/access?scope=access:servers&server=owner/other");
        Assert.DoesNotContain("by-share", second, StringComparison.Ordinal);
        Assert.DoesNotContain("by-role", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_tells_no_more_than_the_asker_may_read()
    {
        await Host.Data.UserAsync("private");
        var about = await Host.PersonAsync("admin-ui", "read:roles!user=somebody-else");
        Assert.Equal(HttpStatusCode.NotFound, await about.StatusAsync("/hub/admin/access?user=private&scope=shutdown"));
        var noGroups = await Host.PersonAsync("admin-ui", "read:roles");
        using var refused = await noGroups.GetAsync("/hub/admin/access?scope=shutdown");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("read:groups", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var noShares = await Host.PersonAsync("admin-ui", "read:roles", "read:groups");
        Assert.Equal(HttpStatusCode.OK, await noShares.StatusAsync("/hub/admin/access?scope=shutdown"));
        Assert.Equal(HttpStatusCode.Forbidden, await noShares.StatusAsync("/hub/admin/access?scope=access:servers&server=private/"));
    }

    [Fact]
    public async Task Markup_in_a_question_stays_text()
    {
        var root = await Host.SignInAsync("root");
        var text = Uri.EscapeDataString(AdminPeople.Markup);
        foreach (var query in new[] { $"user={text}&scope={text}", $"user=root&scope=servers&server={text}/{text}", $"user={text}&scope=shutdown", $"scope=servers&group={text}" })
        {
            using var answer = await root.GetAsync("/hub/admin/access?" + query);
            AdminPeople.AssertPlain(await answer.Content.ReadAsStringAsync());
        }
    }
}
