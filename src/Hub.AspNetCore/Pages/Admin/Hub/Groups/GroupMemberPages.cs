using System.Text.Json.Nodes;
using JupyterHub.AspNetCore.Pages.Admin.Hub.Forms;
using JupyterHub.AspNetCore.Pages.Notices;
using JupyterHub.AspNetCore.Pages.Texts;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.AspNetCore.Routing;
using JupyterHub.Core.Groups;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Groups;

/// <summary>What the forms on a group's own page do: members and properties.</summary>
internal static class GroupMemberPages
{
    public const string Page = "Admin/Group";

    public static void Map(HubRouteTable routes)
    {
        routes.Admin("POST", "admin/groups/{group}/members", AddAsync).RequireScopes(ResourceKind.Group, "groups");
        routes.Admin("POST", "admin/groups/{group}/remove", RemoveAsync).RequireScopes(ResourceKind.Group, "groups");
        routes.Admin("POST", "admin/groups/{group}/properties", ReplaceAsync).RequireScopes(ResourceKind.Group, "groups");
    }

    private static async Task AddAsync(HubRequest request)
    {
        var (group, texts) = (request.Value("group"), request.Get<PageTexts>());
        var names = NameList.Of(await request.FormValueAsync("members"));
        if (names.Count == 0)
        {
            await RejectedForm.ShowAsync(request, Page, "members", texts["Enter at least one name."]);
            return;
        }

        var results = await request.Get<GroupChanges>().AddKnownMembersAsync(group, names, request.Aborted) ?? throw GroupPages.Unknown(group);
        if (results.All(result => result.Outcome == MemberAdditionOutcome.Added))
        {
            await BackAsync(request, results.Count == 1 ? texts["{0} is in the group now.", results[0].Name] : texts["{0} users are in the group now.", results.Count]);
            return;
        }

        request.Http.Features.Set(new AdditionReport(results));
        await request.Get<PageRunner>().RunAsync(request.Http, Page);
    }

    private static async Task RemoveAsync(HubRequest request)
    {
        var (group, texts) = (request.Value("group"), request.Get<PageTexts>());
        var form = await request.FormAsync();
        List<string> names = [.. form["member"].Select(name => name ?? "").Distinct(StringComparer.Ordinal)];
        if (names.Count == 0)
        {
            await RejectedForm.ShowAsync(request, Page, "member", texts["Choose at least one member."]);
            return;
        }

        var change = await request.Get<GroupChanges>().RemoveMembersAsync(group, names, request.Aborted);
        await (change.Outcome switch
        {
            GroupOutcome.Done => BackAsync(request, names.Count == 1 ? texts["{0} was removed from the group.", names[0]] : texts["{0} users were removed from the group.", names.Count]),
            GroupOutcome.UnknownUser => RejectedForm.ShowAsync(request, Page, "member", texts["There is no user {0}; nobody was removed.", change.Subject]),
            _ => throw GroupPages.Unknown(group),
        });
    }

    private static async Task ReplaceAsync(HubRequest request)
    {
        var (name, texts) = (request.Value("group"), request.Get<PageTexts>());
        var group = await request.Get<GroupSearch>().OpenAsync(name, "", 0, 1, request.Aborted) ?? throw GroupPages.Unknown(name);
        var form = await request.FormAsync();
        var rejected = new RejectedForm(form);
        var properties = form.ContainsKey("json")
            ? PropertiesForm.OfText(form["json"].ToString(), rejected, texts)
            : PropertiesForm.OfPairs(form, group.Properties ?? [], rejected, texts);
        if (properties is null)
        {
            await rejected.ShowAsync(request, Page);
            return;
        }

        await SaveAsync(request, name, properties, form["version"].ToString());
    }

    private static async Task SaveAsync(HubRequest request, string name, JsonObject properties, string version)
    {
        var texts = request.Get<PageTexts>();
        var change = await request.Get<GroupChanges>().ReplacePropertiesAsync(name, properties, version, request.Aborted);
        await (change.Outcome switch
        {
            GroupOutcome.Done => BackAsync(request, texts["The properties were saved."]),
            GroupOutcome.Changed => RejectedForm.ShowAsync(
                request, Page, "properties", texts["Somebody else changed the properties meanwhile. Below is what you wrote; saving now replaces theirs."], 409),
            _ => throw GroupPages.Unknown(name),
        });
    }

    private static Task BackAsync(HubRequest request, string notice) =>
        request.Get<PageNotices>().RedirectAsync(request, AdminUrl.Of(request.Addresses.HubPath, "groups", request.Value("group")), notice);
}
