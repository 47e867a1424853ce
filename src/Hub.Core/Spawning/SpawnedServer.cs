using System.Text.Json.Nodes;

namespace JupyterHub.Core.Spawning;

/// <summary>A server that was started.</summary>
/// <param name="Address">Origin that the hub and the proxy reach it at: scheme, host and port.</param>
/// <param name="State">What <see cref="ISpawner.PollAsync"/> and <see cref="ISpawner.StopAsync"/> need to find it, also after a restart of the hub.</param>
public sealed record SpawnedServer(Uri Address, JsonObject State);
