using System.Text.Json.Nodes;

namespace JupyterHub.Core.Spawning;

/// <summary>What an <see cref="SpawnerOptions.AuthStateHook"/> gets: what the authenticator left with the owner of a server that is about to start.</summary>
/// <param name="UserName">The owner's name, raw.</param>
/// <param name="ServerName">The server's name; empty for the default server.</param>
/// <param name="AuthState">What the authenticator left, decrypted; null if there is nothing.</param>
public sealed record AuthStateContext(string UserName, string ServerName, JsonObject? AuthState)
{
    /// <summary>Environment variables for the server; they go before the hub's own, and the spawner's settings before them.</summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Never prints the state, which holds secrets.</summary>
    public override string ToString() => $"{UserName}:{ServerName}";
}
