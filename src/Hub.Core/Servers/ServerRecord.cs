using System.Text.Json.Nodes;
using JupyterHub.Core.Proxying;
using JupyterHub.Core.Spawning;

namespace JupyterHub.Core.Servers;

/// <summary>A server that was started or is about to be: its rows, and how the spawner finds it.</summary>
/// <param name="Key">Its names.</param>
/// <param name="UserId">Row of the owner.</param>
/// <param name="SpawnerId">Row of the server.</param>
/// <param name="Prefix">Path below which it answers, escaped, with a slash at both ends.</param>
internal sealed record ServerRecord(ServerKey Key, int UserId, int SpawnerId, string Prefix)
{
    public DateTime? Started { get; init; }

    /// <summary>Origin that it listens at; null before the spawner told.</summary>
    public Uri? Address { get; init; }

    /// <summary>What the spawner needs to find it.</summary>
    public JsonObject State { get; init; } = [];

    public string ClientId => ServerOAuthClient.IdentifierOf(Key);

    /// <summary>The note of its token, by which the original knows tokens of servers too.</summary>
    public string Note => $"Server at {Prefix}";

    public ServerReference Reference => new(Key.UserName, Key.ServerName, (JsonObject)State.DeepClone());

    /// <summary>The route that leads to it; only once its address is known.</summary>
    public ProxyRoute Route => new(Prefix, Address!, new JsonObject { ["user"] = Key.UserName, ["server_name"] = Key.ServerName });
}
