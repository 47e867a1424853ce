using JupyterHub.Core.Configuration;

namespace JupyterHub.Spawners.LocalProcess;

/// <summary>Settings of the spawner that runs all servers as the hub's own system user.</summary>
public sealed class SimpleSpawnerOptions : LocalProcessSpawnerOptions
{
    /// <summary>
    /// Home folder of each user; knows <c>{username}</c>, written so that it is always one folder name and no two users share it.
    /// Empty: <c>homes/{username}</c> below the data folder. Made on the first start, for its owner only.
    /// </summary>
    [HubPath]
    public string HomeDirTemplate { get; set; } = "";
}
