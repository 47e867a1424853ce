using System.Text.Json.Nodes;

namespace JupyterHub.Core.Servers;

/// <summary>What the database knows of a server, whether it was ever started or not.</summary>
internal sealed record ServerRow(ServerKey Key, int UserId)
{
    /// <summary>Null while the server has no row yet.</summary>
    public int? SpawnerId { get; init; }

    /// <summary>Named servers that the owner has; counted only for a server without a row, which would be one more.</summary>
    public int NamedServers { get; init; }

    /// <summary>There is a <c>servers</c> row: it runs, is being started, or was when a hub died.</summary>
    public bool HasServer { get; init; }

    /// <summary>Origin that it listens at; null before the spawner told.</summary>
    public Uri? Address { get; init; }

    public JsonObject State { get; init; } = [];

    public DateTime? Started { get; init; }

    /// <summary>True if something may run.</summary>
    public bool MayRun => SpawnerId is not null && (HasServer || State.Count > 0);
}
