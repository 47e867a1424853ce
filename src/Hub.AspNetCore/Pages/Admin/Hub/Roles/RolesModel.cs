using JupyterHub.AspNetCore.Pages.Admin.Lists;
using JupyterHub.Core.Roles;
using JupyterHub.Core.Roles.Reading;
using JupyterHub.Rbac.Roles;
using Microsoft.AspNetCore.Mvc;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Roles;

/// <summary>The roles that somebody may know of.</summary>
internal sealed class RolesModel(RoleSearch search) : AdminPageModel
{
    private static readonly ListShape Shape = new("admin/roles", ["name"], new Dictionary<string, IReadOnlyList<string>?> { ["search"] = null });

    public ListAddress List { get; private set; } = null!;

    public int Total { get; private set; }

    public IReadOnlyList<RoleSummary> Items { get; private set; } = [];

    public PagerView Pager => new(List, Items.Count, Total);

    public bool MayCreate => RoleRights.MayWriteSomething(Hub.Known);

    public static bool IsBuiltIn(string role) => BuiltInRoles.Find(role) is not null;

    protected override async Task<IActionResult> ShowAsync()
    {
        List = ListAddress.Of(Hub, Shape);
        (Total, Items) = await search.FindAsync(new RoleVisibility(Hub.Known.Authority), List["search"], List.Offset, List.Size, Hub.Aborted);
        return Page();
    }
}
