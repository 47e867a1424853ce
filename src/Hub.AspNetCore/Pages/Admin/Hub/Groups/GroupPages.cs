using JupyterHub.AspNetCore.Api;
using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Forms;
using JupyterHub.AspNetCore.Pages.Confirming;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Diagnostics;
using JupyterHub.Core.Groups;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Groups;

/// <summary>Groups: what their forms do, with the scopes that the API asks for the same (contract 2.7).</summary>
internal static class GroupPages
{
    public const string ListPage = "Admin/Groups";
    /// <summary>Each opens a group's page, and shows a part of it.</summary>
    public static readonly string[] Reading = ["read:groups", "read:groups:name", "read:roles:groups"];

    private const int MostGroups = 1_000;

    public static void Map(HubRouteTable routes)
    {
        routes.Admin("GET", "admin/groups", ListPage).RequireAnyHolding("list:groups");
        routes.Admin("POST", "admin/groups", CreateAsync).RequireScopes(null, "admin:groups");
        routes.Admin("GET", "admin/groups/{group}", GroupMemberPages.Page).RequireScopes(ResourceKind.Group, Reading);
        routes.Admin("POST", "admin/groups/{group}/delete", DeleteAsync).RequireScopes(ResourceKind.Group, "delete:groups");
        GroupMemberPages.Map(routes);
    }

    public static HubHttpException Unknown(string name) => HubHttpException.NotFound($"No such group: {LogText.Bound(name)}");

    private static async Task CreateAsync(HubRequest request)
    {
        var texts = request.Get<PageTexts>();
        var names = NameList.Of(await request.FormValueAsync("names"));
        if (Problem(names, texts) is { } problem)
        {
            await RejectedForm.ShowAsync(request, ListPage, "names", problem);
            return;
        }

        var change = await request.Get<GroupChanges>().CreateAsync(names, [], request.Aborted);
        if (change.Outcome == GroupOutcome.Exists)
        {
            await RejectedForm.ShowAsync(request, ListPage, "names", texts["There is a group {0} already; none was created.", change.Subject], 409);
            return;
        }

        var location = names.Count == 1 ? AdminUrl.Of(request.Addresses.HubPath, "groups", names[0]) : AdminUrl.Of(request.Addresses.HubPath, "groups");
        await request.Get<PageNotices>().RedirectAsync(
            request, location, names.Count == 1 ? texts["The group {0} was created.", names[0]] : texts["{0} groups were created.", names.Count]);
    }

    private static string? Problem(IReadOnlyList<string> names, PageTexts texts)
    {
        if (names.Count == 0)
        {
            return texts["Enter the name of at least one group."];
        }

        if (names.Count > MostGroups)
        {
            return texts["At most {0} groups can be created at once.", MostGroups];
        }

        return names.FirstOrDefault(name => !GroupBody.IsName(name) || AdminUrl.IsUnreachable(name)) is { } unfit
            ? texts["{0} cannot be the name of a group: it must have 1 to {1} characters.", LogText.Bound(unfit), GroupBody.LongestName]
            : null;
    }

    private static async Task DeleteAsync(HubRequest request)
    {
        var name = request.Value("group");
        var texts = request.Get<PageTexts>();
        var list = AdminUrl.Of(request.Addresses.HubPath, "groups");
        if (!await ConfirmModel.IsAnsweredAsync(request))
        {
            await ConfirmModel.AskAsync(request, await QuestionAsync(request, name, texts, list));
            return;
        }

        if (!await request.Get<GroupChanges>().DeleteAsync(name, request.Aborted))
        {
            throw Unknown(name);
        }

        await request.Get<PageNotices>().RedirectAsync(request, list, texts["The group {0} was deleted.", name]);
    }

    /// <summary>What goes with the group, as far as the asker may read it.</summary>
    private static async Task<ConfirmView> QuestionAsync(HubRequest request, string name, PageTexts texts, string list)
    {
        var group = await request.Get<GroupSearch>().OpenAsync(name, "", 0, 1, request.Aborted) ?? throw Unknown(name);
        var resource = Resource.Group(name);
        List<string> details = [];
        if (request.Known.Allows("read:groups", resource))
        {
            details.Add(group.MemberCount == 1 ? texts["Its one member stays a user."] : texts["Its {0} members stay users.", group.MemberCount]);
        }

        if (request.Known.Allows("read:roles:groups", resource))
        {
            details.AddRange(group.Roles.Select(held => texts["Its members lose what the role {0} gave them.", held.Role]));
        }

        return new ConfirmView
        {
            Title = texts["Delete a group"],
            Question = texts["Delete the group {0}?", name],
            Details = details,
            Button = texts["Delete the group"],
            CancelUrl = request.Known.Allows("read:groups:name", resource) ? AdminUrl.Of(request.Addresses.HubPath, "groups", name) : list,
        };
    }
}
