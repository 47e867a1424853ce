using System.Text.Json.Nodes;

namespace JupyterHub.Core.Spawning;

/// <summary>Listens to a spawner while it starts a server.</summary>
public interface ISpawnObserver
{
    /// <summary>Shows a message to whoever watches the start.</summary>
    /// <param name="message">Plain text, one line.</param>
    /// <param name="percent">Progress from 0 to 99.</param>
    void Report(string message, int percent);

    /// <summary>Saves state at once, so that a hub that dies during the start finds the server again.</summary>
    Task SaveStateAsync(JsonObject state, CancellationToken cancellationToken);
}
