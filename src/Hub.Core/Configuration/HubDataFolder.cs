namespace JupyterHub.Core.Configuration;

/// <summary>The absolute folder of the hub's own state, as settled at start.</summary>
internal sealed class HubDataFolder(string path)
{
    /// <summary>The absolute path.</summary>
    public string Path { get; } = path;
}
