using JupyterHub.Core.ActivityTracking;
using JupyterHub.Core.Addressing;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Admin.Users;

/// <summary>Shows users as far as the viewer may see them: the same fields by the same scopes as the API (contract 3).</summary>
internal sealed class UserRows(AdminServerViews servers, PendingActivity activity, HubAddresses addresses)
{
    /// <summary>The page about a user, and of whatever is below it.</summary>
    public string UrlOf(string userName) => $"{addresses.HubPath}admin/users/{PathNames.Escape(userName)}";

    public UserRow Of(UserRecord user, Requester viewer)
    {
        var seen = VisibleFields.OfUser(viewer.Authority.Permissions, user.Name, viewer.Authority.Membership);
        var row = user.Servers.FirstOrDefault(server => server.Name.Length == 0);
        return new UserRow
        {
            Name = user.Name,
            Url = UrlOf(user.Name),
            IsAdmin = seen.HasFlag(UserFields.Admin) && user.Admin,
            IsViewer = viewer.IsUser && viewer.Name == user.Name,
            ShowsCreated = seen.HasFlag(UserFields.Created),
            Created = seen.HasFlag(UserFields.Created) ? user.Created : null,
            ShowsLastActivity = seen.HasFlag(UserFields.LastActivity),
            LastActivity = seen.HasFlag(UserFields.LastActivity) ? activity.OfUser(user.Id, user.LastActivity) : null,
            Groups = seen.HasFlag(UserFields.Groups) ? user.Groups : null,
            Default = servers.Of(user.Name, row, viewer, seen.HasFlag(UserFields.Server)),
            Named =
            [
                .. user.Servers
                    .Where(server => server.Name.Length > 0 && viewer.Allows("read:servers", Resource.Server(user.Name, server.Name)))
                    .Select(server => servers.Of(user.Name, server, viewer, isStateVisible: true)),
            ],
        };
    }
}
