namespace JupyterHub.Core.Events;

/// <summary>What happened.</summary>
internal enum HubEventKind
{
    ServerStarting,
    ServerReady,
    ServerFailed,
    ServerStopped,
    SignedIn,
    SignedOut,
    UserCreated,
    UserDeleted,
    GroupCreated,
    GroupDeleted,
    GroupChanged,
    RoleChanged,
    ServiceCreated,
    ServiceDeleted,
}
