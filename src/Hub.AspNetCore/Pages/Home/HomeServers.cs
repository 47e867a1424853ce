using System.Text.RegularExpressions;
using JupyterHub.Core.Authorization;
using JupyterHub.Core.Configuration;
using JupyterHub.Core.Servers;
using JupyterHub.Core.Users;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Home;

/// <summary>A person's own servers: the default one first, then the named ones by what people call them. One read, however many there are.</summary>
internal sealed partial class HomeServers(UserReader users, ServerViews views, ServerSupervisor supervisor, JupyterHubOptions options)
{
    public async Task<IReadOnlyList<HomeServer>> ListAsync(Requester visitor, CancellationToken cancellationToken)
    {
        var rows = (await users.FindAsync(visitor.Name, cancellationToken))?.Servers ?? [];
        var own = Of(visitor, "", rows.FirstOrDefault(row => row.Name.Length == 0));
        if (!options.AllowNamedServers)
        {
            return [own];
        }

        var named = rows.Where(row => row.Name.Length > 0).DistinctBy(row => row.Name).Select(row => Of(visitor, row.Name, row));
        return [own, .. named.OrderBy(server => SortKey(server.DisplayName), StringComparer.OrdinalIgnoreCase).ThenBy(server => server.Name, StringComparer.Ordinal)];
    }

    /// <summary>What is told of the state to a page that waits for another one.</summary>
    public static string MarkOf(ServerStatus status) => status.Phase + (status.Failure is null ? "" : "!");

    /// <summary>Number 2 comes before number 10.</summary>
    private static string SortKey(string displayName) => Digits().Replace(displayName, number => number.Value.PadLeft(12, '0'));

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    private HomeServer Of(Requester visitor, string name, HubSpawner? row)
    {
        var (status, resource) = (supervisor.GetStatus(visitor.Name, name), Resource.Server(visitor.Name, name));
        var (shown, more) = ShortOptions.Of(row?.UserOptions);
        var isNamed = name.Length > 0;
        return new HomeServer
        {
            Name = name,
            DisplayName = isNamed && row?.DisplayName is { Length: > 0 } chosen ? chosen : name,
            View = views.Of(visitor.Name, name, row),
            Mark = MarkOf(status),
            Options = shown,
            MoreOptions = more,
            MayOpen = status.IsReady && visitor.Allows("access:servers", resource),
            MayStart = !status.IsActive && visitor.Allows("servers", resource) && MayStart(name),
            MayWatch = status.Pending is not null && visitor.Allows("servers", resource),
            MayStop = status.Phase is ServerPhase.Running or ServerPhase.Starting or ServerPhase.Checking && visitor.Allows("delete:servers", resource),
            MayDelete = isNamed && status.Phase is not (ServerPhase.Stopping or ServerPhase.Renaming) && visitor.Allows("delete:servers", resource),
            ShareUrl = visitor.Allows("shares", resource) && visitor.Allows("read:shares", resource) ? views.PageOf("sharing", visitor.Name, name) : null,
            MayRename = isNamed && !status.IsActive && visitor.Allows("start:servers", resource),
        };
    }

    private bool MayStart(string name) =>
        name.Length == 0 || ServerNames.IsValid(name) || options.AllowExistingInvalidNamedServers == InvalidServerNames.AllowStart;
}
