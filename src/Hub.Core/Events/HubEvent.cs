namespace JupyterHub.Core.Events;

/// <summary>Something that happened on this hub.</summary>
/// <param name="Id">Counts up from 1 in each process.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Kind">What.</param>
/// <param name="Name">Whom or what it is about: the name of a user, group, service or role.</param>
internal sealed record HubEvent(long Id, DateTime At, HubEventKind Kind, string Name)
{
    /// <summary>The server's own name, empty for the default server; null for what is not about a server.</summary>
    public string? ServerName { get; init; }

    /// <summary>More of it, in a word of the hub's own: why a start failed, how a role was changed.</summary>
    public string? Detail { get; init; }
}
