using JupyterHub.Core.Authorization;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Shares;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>Servers that others share with a person, directly or through groups.</summary>
internal sealed class SharedServers(ShareListing shares, ServerViews views, ServerSupervisor supervisor)
{
    private const int Most = 200;

    /// <summary>Null where the visitor may not see what is shared with them.</summary>
    public async Task<SharedList?> ListAsync(Requester visitor, CancellationToken cancellationToken)
    {
        if (!visitor.Allows("read:users:shares", Resource.User(visitor.Name)) || await shares.WithUserAsync(visitor.Name, 0, Most, cancellationToken) is not { } page)
        {
            return null;
        }

        // One server may be shared in several ways.
        var servers = page.Items.GroupBy(share => share.Server)
            .OrderBy(server => server.Key.Owner, StringComparer.OrdinalIgnoreCase)
            .ThenBy(server => server.Key.Name, StringComparer.OrdinalIgnoreCase)
            .Select(ways => Of(visitor, ways.Key, [.. ways]));
        return new SharedList([.. servers], page.Total <= page.Items.Count);
    }

    private SharedServer Of(Requester visitor, ServerName server, IReadOnlyList<ShareDetails> ways)
    {
        var status = supervisor.GetStatus(server.Owner, server.Name);
        var isDirect = ways.Any(share => share.User is not null);
        return new SharedServer
        {
            Owner = server.Owner,
            Name = server.Name,
            View = views.Of(server.Owner, server.Name, row: null),
            Groups = [.. ways.Select(share => share.Group).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            IsDirect = isDirect,
            MayOpen = status.IsReady && visitor.Allows("access:servers", server.Resource),
            MayStart = !status.IsActive && visitor.Allows("servers", server.Resource),
            MayLeave = isDirect && visitor.Allows("users:shares", Resource.User(visitor.Name)),
            LeaveAction = views.PageOf("home/leave", server.Owner, server.Name),
        };
    }
}
