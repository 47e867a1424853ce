namespace JupyterHub.Core.Configuration;

/// <summary>The folder of the hub's own state.</summary>
/// <param name="path">The absolute path of a folder that is there.</param>
internal sealed class HubDataFolder(string path)
{
    /// <summary>The absolute path.</summary>
    public string Path { get; } = path;
}
