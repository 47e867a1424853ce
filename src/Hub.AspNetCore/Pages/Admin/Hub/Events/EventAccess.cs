using JupyterHub.Core.Authorization;
using JupyterHub.Core.Events;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Events;

/// <summary>Who may be told of an event: who could read the same of whom it is about through the API (contract 3).</summary>
internal static class EventAccess
{
    public static bool MayRead(Requester reader, HubEvent happened) => happened.Kind switch
    {
        HubEventKind.RoleChanged => reader.Allows("read:roles"),
        HubEventKind.GroupCreated or HubEventKind.GroupDeleted => reader.Allows("read:groups:name", Resource.Group(happened.Name)),
        HubEventKind.GroupChanged => reader.Allows("read:groups", Resource.Group(happened.Name)),
        HubEventKind.ServiceCreated or HubEventKind.ServiceDeleted => reader.Allows("read:services:name", Resource.Service(happened.Name)),
        HubEventKind.UserCreated or HubEventKind.UserDeleted => reader.Allows("read:users:name", Resource.User(happened.Name)),
        HubEventKind.SignedIn or HubEventKind.SignedOut => reader.Allows("read:users:activity", Resource.User(happened.Name)),
        _ => MayReadServer(reader, happened.Name, happened.ServerName ?? ""),
    };

    /// <summary>How the default server does is told with the user as well.</summary>
    private static bool MayReadServer(Requester reader, string owner, string server) =>
        reader.Allows("read:servers", Resource.Server(owner, server)) || (server.Length == 0 && reader.Allows("read:users", Resource.User(owner)));
}
