using System.Text;

namespace JupyterHub.Spawners.LocalProcess;

/// <summary>Where servers' output goes: one file each below <c>logs/servers</c>, readable by the hub's user only; the last few are kept.</summary>
internal sealed class ServerLogs(string dataFolder)
{
    /// <summary>Earlier logs kept of each server.</summary>
    public const int Kept = 3;

    private const int TailBytes = 4096;
    private const int TailLines = 12;
    private const int TailCharacters = 1500;

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
        PrivateFiles.CreateFolder(Folder);
        var path = PathOf(userName, serverName);
        for (var age = Kept; age > 0; age--)
        {
            var from = age == 1 ? path : $"{path}.{age - 1}";
            if (File.Exists(from))
            {
                File.Move(from, $"{path}.{age}", overwrite: true);
            }
        }

        PrivateFiles.Create(path);
        return path;
    }

    /// <summary>The last lines, on one line; null if there are none.</summary>
    public string? Tail(string userName, string serverName)
    {
        try
        {
            using var file = new FileStream(PathOf(userName, serverName), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(-Math.Min(file.Length, TailBytes), SeekOrigin.End);
            using var reader = new StreamReader(file, Encoding.UTF8);
            var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var text = string.Join(" | ", lines.TakeLast(TailLines).Select(Printable));
            return text.Length == 0 ? null : text[Math.Max(0, text.Length - TailCharacters)..];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Printable(string line) => string.Concat(line.Where(character => !char.IsControl(character)));
}
