using JupyterHub.Core.Authorization;
using JupyterHub.Core.Events;
using JupyterHub.Rbac.Permissions;

namespace JupyterHub.AspNetCore.Pages.Admin.Hub.Events;

/// <summary>Who may be told of an event: who may read whom it is about.</summary>
internal static class EventAccess
{
    private static readonly string[] Users = ["list:users", "read:users"];

    public static bool MayRead(Requester reader, HubEvent happened) => happened.About switch
    {
        null => reader.Allows("read:roles"),
        { Kind: ResourceKind.Group } group => reader.Allows("read:groups:name", group),
        { Kind: ResourceKind.Service } service => reader.Allows("read:services:name", service),
        { } user => Users.Any(scope => reader.Allows(scope, user)),
    };
}
