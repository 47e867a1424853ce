namespace JupyterHub.Spawners.LocalProcess;

/// <summary>Where servers' output goes: one file each below <c>logs/servers</c>, readable by the hub's user only; the last few are kept.</summary>
internal sealed class ServerLogs(string dataFolder)
{
    /// <summary>Earlier logs kept of each server.</summary>
    public const int Kept = 3;

    public string Folder { get; } = Path.Combine(dataFolder, "logs", "servers");

    public string PathOf(string userName, string serverName)
    {
        // "+" is escaped within names, so no two servers share a file.
        var name = serverName.Length == 0 ? FolderNames.Of(userName) : $"{FolderNames.Of(userName)}+{FolderNames.Of(serverName)}";
        return Path.Combine(Folder, $"{name}.log");
    }

    /// <summary>Makes a new, empty log and moves the earlier ones on.</summary>
    public string Begin(string userName, string serverName)
    {
        var path = PathOf(userName, serverName);
        LogFile.Begin(path, Kept);
        return path;
    }

    /// <summary>The last lines, on one line; null if there are none.</summary>
    public string? Tail(string userName, string serverName) => LogFile.Tail(PathOf(userName, serverName));
}
