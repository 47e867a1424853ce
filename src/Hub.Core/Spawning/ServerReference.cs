using System.Text.Json.Nodes;

namespace JupyterHub.Core.Spawning;

/// <summary>Points at a server that was started, now or by an earlier process of the hub.</summary>
/// <param name="UserName">The owner's name.</param>
/// <param name="ServerName">The server's name; empty for the default server.</param>
/// <param name="State">The state that the spawner saved.</param>
public sealed record ServerReference(string UserName, string ServerName, JsonObject State);
