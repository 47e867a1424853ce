using JupyterHub.AspNetCore.Pages.Admin.Lists;
using JupyterHub.AspNetCore.Requests;
using JupyterHub.Core.Users;

namespace JupyterHub.AspNetCore.Pages.Admin.Users;

/// <summary>All users that the viewer may list, a page at a time.</summary>
internal sealed class UserListModel(UserReader users, UserRows rows) : HubPageModel
{
    private static readonly ListShape Shape = new("admin", ["name", "last_activity", "id"], UserListQuery.Filters);

    public ListAddress Address { get; private set; } = null!;

    public IReadOnlyList<UserRow> Rows { get; private set; } = [];

    public PagerView Pager { get; private set; } = null!;

    public bool CanList { get; private set; }

    public bool CanAdd => Allows("admin:users");

    public bool CanStopMany => CanList && AdminGate.ReachesOthers(Hub, "delete:servers");

    /// <summary>Where all servers of the users that the filter leaves are stopped.</summary>
    public string StopAction { get; private set; } = "";

    /// <summary>For the box that is typed in: what is in the address, however it is written.</summary>
    public string Search => Address[UserListQuery.Search];

    public string State => Address[UserListQuery.State];

    public async Task OnGetAsync()
    {
        Address = ListAddress.Of(Hub, Shape);
        CanList = UserListQuery.IsPermitted(Hub);
        if (!CanList)
        {
            return;
        }

        var query = UserListQuery.Of(Address);
        var page = await users.ListAsync(query, Hub.Known.Authority, Hub.Aborted);
        Rows = [.. page.Users.Select(user => rows.Of(user, Hub.Known))];

        // Which of the active users have a ready server only this hub knows: their number on all pages is nobody's to count.
        Pager = query.State == UserState.Ready
            ? new PagerView(Address, Rows.Count, null, HasMore: (long)Address.Offset + Address.Size < page.Total)
            : new PagerView(Address, Rows.Count, page.Total);
        StopAction = ListAddress.Of(Hub, StopShape).UrlOfPage(1);
    }

    /// <summary>The same filters, for the question whether all of their servers are to be stopped.</summary>
    internal static ListShape StopShape { get; } = Shape with { Path = "admin/stop-servers" };
}
