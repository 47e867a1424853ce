using System.Text.Json;
using JupyterHub.AspNetCore.Api.Models;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Groups;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Api;

/// <summary>Groups, their members and their properties (contract 2.7).</summary>
internal static class GroupsEndpoints
{
    private const string ListScope = "list:groups";

    public static void Map(HubRouteTable routes)
    {
        routes.Api("GET", "api/groups", List).RequireAnyHolding(ListScope)
            .Describe("Lists the groups that the caller may see.").TakesQuery("offset", "limit").Returns(200, "Group[]");
        routes.Api("POST", "api/groups", CreateMany).RequireScopes(null, "admin:groups")
            .Describe("Makes several groups with the same members, all of them or none.").Takes("GroupsBody").Returns(201, "Group[]");
        routes.Api("GET", "api/groups/{group}", Get).RequireScopes(ResourceKind.Group, "read:groups", "read:groups:name", "read:roles:groups")
            .Describe("Shows a group.").Returns(200, "Group");
        routes.Api("POST", "api/groups/{group}", Create).RequireScopes(ResourceKind.Group, "admin:groups")
            .Describe("Makes a group.").Takes("GroupBody").Returns(201, "Group");
        routes.Api("DELETE", "api/groups/{group}", Delete).RequireScopes(ResourceKind.Group, "delete:groups")
            .Describe("Deletes a group; its members stay users.").Returns(204);
        routes.Api("POST", "api/groups/{group}/users", AddMembers).RequireScopes(ResourceKind.Group, "groups")
            .Describe("Puts users into a group.").Takes("GroupUsersBody").Returns(200, "Group");
        routes.Api("DELETE", "api/groups/{group}/users", RemoveMembers).RequireScopes(ResourceKind.Group, "groups")
            .Describe("Takes users out of a group.").Takes("GroupUsersBody").Returns(200, "Group");
        routes.Api("PUT", "api/groups/{group}/properties", ReplaceProperties).RequireScopes(ResourceKind.Group, "groups")
            .Describe("Replaces all properties of a group.").Takes("Properties").Returns(200, "Group");
    }

    private static async Task List(HubRequest request)
    {
        var held = request.Known.Authority.Permissions.FiltersOf(ListScope);
        if (held.Users.Count + held.Services.Count + held.Servers.Count > 0)
        {
            // Such a filter says nothing about groups; it must not be taken for the groups of its user (contract 2.7).
            throw new HubHttpException(403, $"Action is not authorized with current scopes; {ListScope} takes group filters only") { RequiredScopes = [ListScope] };
        }

        var page = PageRequest.Of(request);
        var (groups, total) = await request.Get<GroupListing>().PageAsync(held, page.Offset, page.Limit, request.Aborted);
        await request.PageAsync(page, total, writer => WriteAll(writer, groups, request));
    }

    private static async Task CreateMany(HubRequest request)
    {
        var (groups, users) = GroupBody.Many(await request.ReadObjectAsync());
        var change = await request.Get<GroupChanges>().CreateAsync(groups, users, request.Aborted);
        RefuseUnlessDone(change);
        await request.JsonAsync(201, writer => WriteAll(writer, change.Groups, request));
    }

    private static async Task Get(HubRequest request)
    {
        var name = request.Value("group");
        var group = await request.Get<GroupListing>().FindAsync(name, request.Aborted) ?? throw Unknown(name);
        await request.JsonAsync(200, writer => GroupModels.Write(writer, group, request.Known.Authority));
    }

    private static async Task Create(HubRequest request)
    {
        var name = request.Value("group");
        GroupBody.CheckName(name);
        var users = GroupBody.NewMembers(await request.ReadObjectAsync());
        await AnswerAsync(request, 201, await request.Get<GroupChanges>().CreateAsync([name], users, request.Aborted));
    }

    private static async Task Delete(HubRequest request)
    {
        var name = request.Value("group");
        if (!await request.Get<GroupChanges>().DeleteAsync(name, request.Aborted))
        {
            throw Unknown(name);
        }

        await request.EmptyAsync(204);
    }

    private static async Task AddMembers(HubRequest request)
    {
        var users = GroupBody.Members(await request.ReadObjectAsync(), "add");
        await AnswerAsync(request, 200, await request.Get<GroupChanges>().AddMembersAsync(request.Value("group"), users, request.Aborted));
    }

    private static async Task RemoveMembers(HubRequest request)
    {
        var users = GroupBody.Members(await request.ReadObjectAsync(), "delete");
        await AnswerAsync(request, 200, await request.Get<GroupChanges>().RemoveMembersAsync(request.Value("group"), users, request.Aborted));
    }

    private static async Task ReplaceProperties(HubRequest request)
    {
        var properties = GroupBody.Properties(await request.ReadObjectAsync("Must specify properties"));
        await AnswerAsync(request, 200, await request.Get<GroupChanges>().ReplacePropertiesAsync(request.Value("group"), properties, expected: null, request.Aborted));
    }

    private static Task AnswerAsync(HubRequest request, int status, GroupChange change)
    {
        RefuseUnlessDone(change);
        return request.JsonAsync(status, writer => GroupModels.Write(writer, change.Groups[0], request.Known.Authority));
    }

    private static void RefuseUnlessDone(GroupChange change)
    {
        var subject = LogText.Bound(change.Subject);
        switch (change.Outcome)
        {
            case GroupOutcome.UnknownGroup:
                throw Unknown(change.Subject);
            case GroupOutcome.UnknownUser:
                throw HubHttpException.BadRequest($"No such user: {subject}");
            case GroupOutcome.Exists:
                throw new HubHttpException(409, $"Group {subject} already exists");
            default:
                break;
        }
    }

    private static void WriteAll(Utf8JsonWriter writer, IReadOnlyList<GroupDetails> groups, HubRequest request)
    {
        writer.WriteStartArray();
        foreach (var group in groups)
        {
            GroupModels.Write(writer, group, request.Known.Authority);
        }

        writer.WriteEndArray();
    }

    private static HubHttpException Unknown(string name) => HubHttpException.NotFound($"No such group: {LogText.Bound(name)}");
}
