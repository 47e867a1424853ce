using JupyterHub.AspNetCore.Errors;
using JupyterHub.AspNetCore.Pages.Admin.Lists;
using JupyterHub.Core.Groups;
using JupyterHub.Rbac.Permissions;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Groups;

/// <summary>The groups that somebody may list, and a form for new ones.</summary>
internal sealed class GroupsModel(GroupSearch search) : AdminPageModel
{
    private const string ListScope = "list:groups";

    private static readonly ListShape Shape = new("admin/groups", ["name"], new Dictionary<string, IReadOnlyList<string>?> { ["search"] = null });

    public ListAddress List { get; private set; } = null!;

    public int Total { get; private set; }

    public IReadOnlyList<GroupSummary> Items { get; private set; } = [];

    public PagerView Pager => new(List, Items.Count, Total);

    public bool MayCreate => Allows("admin:groups");

    public bool MaySeeMembers(string group) => Allows("read:groups", Resource.Group(group));

    public bool MaySeeRoles(string group) => Allows("read:roles:groups", Resource.Group(group));

    public bool MayDelete(string group) => Allows("delete:groups", Resource.Group(group));

    protected override async Task<IActionResult> ShowAsync()
    {
        var held = Hub.Known.Authority.Permissions.FiltersOf(ListScope);
        if (held.Users.Count + held.Services.Count + held.Servers.Count > 0)
        {
            // As the API has it: such a filter says nothing about groups.
            throw new HubHttpException(403, $"Action is not authorized with current scopes; {ListScope} takes group filters only") { RequiredScopes = [ListScope] };
        }

        List = ListAddress.Of(Hub, Shape);
        (Total, Items) = await search.FindAsync(held, List["search"], List.Offset, List.Size, Hub.Aborted);
        return Page();
    }
}
