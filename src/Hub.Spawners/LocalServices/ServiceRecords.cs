using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.Spawners.LocalProcess;

namespace JupyterHub.Spawners.LocalServices;

/// <summary>What the data folder keeps of services that run: which processes they are (below <c>services</c>), and their output (below <c>logs/services</c>).</summary>
internal sealed class ServiceRecords(string dataFolder)
{
    /// <summary>Bytes that a log may have before it is begun anew.</summary>
    public const long LongestLog = 10 * 1024 * 1024;

    /// <summary>Earlier logs kept of each service.</summary>
    public const int KeptLogs = 3;

    private const string Extension = ".json";

    private readonly string folder = Path.Combine(dataFolder, "services");

    public string LogPathOf(string name) => Path.Combine(dataFolder, "logs", "services", $"{FolderNames.Of(name)}.log");

    public string BeginLog(string name)
    {
        var path = LogPathOf(name);
        LogFile.Begin(path, KeptLogs);
        return path;
    }

    public void TrimLog(string name) => LogFile.Trim(LogPathOf(name), LongestLog, KeptLogs);

    public string? TailOfLog(string name) => LogFile.Tail(LogPathOf(name));

    /// <summary>Names of services of which a process is noted.</summary>
    public IReadOnlyList<string> Names() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*" + Extension).Select(Read).Select(record => record?["name"]).OfType<JsonValue>().Select(name => name.ToString())]
        : [];

    public ProcessIdentity? Find(string name) => Read(PathOf(name)) is { } record ? ProcessIdentity.From(record) : null;

    public void Save(string name, ProcessIdentity identity)
    {
        var record = identity.ToState();
        record["name"] = name;
        PrivateFiles.CreateFolder(folder);
        Remove(name);
        PrivateFiles.Create(PathOf(name));
        File.WriteAllText(PathOf(name), record.ToJsonString());
    }

    public void Remove(string name)
    {
        if (Directory.Exists(folder))
        {
            File.Delete(PathOf(name));
        }
    }

    private static JsonObject? Read(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            // Half written, by a hub that died before it let the process go.
            return null;
        }
    }

    private string PathOf(string name) => Path.Combine(folder, FolderNames.Of(name) + Extension);
}
