using System.Text.Json.Nodes;

namespace JupyterHub.Core.Spawning;

/// <summary>What a spawner is asked to start.</summary>
public sealed record SpawnRequest
{
    /// <summary>The owner's name, raw.</summary>
    public required string UserName { get; init; }

    /// <summary>The server's name; empty for the default server.</summary>
    public required string ServerName { get; init; }

    /// <summary>The path below which the server answers, escaped, with a slash at both ends; what templates know as <c>{base_url}</c>.</summary>
    public required string ServicePrefix { get; init; }

    /// <summary>The deployment's path, escaped, with a slash at both ends.</summary>
    public required string BasePath { get; init; }

    /// <summary>
    /// What the hub tells every server (the JUPYTERHUB_* variables), secrets included. The spawner adds what it alone knows:
    /// the address to listen at, limits, folders.
    /// </summary>
    public required IReadOnlyDictionary<string, string> HubEnvironment { get; init; }

    /// <summary>What the authenticator left with the owner, decrypted: secrets; null if there is nothing or it is not enabled.</summary>
    public JsonObject? AuthState { get; init; }

    /// <summary>Options that the user chose.</summary>
    public JsonObject UserOptions { get; init; } = [];

    /// <summary>Takes messages for the people who watch the start, and state to be saved before the start is finished.</summary>
    public required ISpawnObserver Observer { get; init; }

    /// <summary>Never prints the environment, which holds secrets.</summary>
    public override string ToString() => $"{UserName}:{ServerName}";
}
