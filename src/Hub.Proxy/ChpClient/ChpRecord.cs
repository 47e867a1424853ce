using System.Text.Json;
using System.Text.Json.Nodes;
using JupyterHub.Core.Processes;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>What the pid file says: the pid on the first line, as for any such file, and on the second what tells this process from others.</summary>
/// <param name="Process">The proxy.</param>
/// <param name="Fingerprint">What it was started with.</param>
/// <param name="Owner">The hub that watches it; null once that has ended and left it running.</param>
internal sealed record ChpRecord(ProcessIdentity Process, string Fingerprint, ProcessIdentity? Owner)
{
    private const int LongestFile = 4096;

    /// <summary>Null where there is no such file, one that names no process, or one that others may have written.</summary>
    public static ChpRecord? Read(string path)
    {
        try
        {
            using var file = TrustedFile.OpenRead(path);
            if (file is not { Length: <= LongestFile } || Lines(file) is not [_, var json, ..] || JsonNode.Parse(json) is not JsonObject state)
            {
                return null;
            }

            return ProcessIdentity.From(state) is { StartTime: not null } process
                ? new ChpRecord(process, state["settings"]?.ToString() ?? "", state["hub"] is JsonObject owner ? ProcessIdentity.From(owner) : null)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Replaces the file at once: a reader finds the old one or the new one, never a part.</summary>
    public void Save(string path)
    {
        var state = Process.ToState();
        state["settings"] = Fingerprint;
        state["hub"] = Owner?.ToState();
        var fresh = $"{path}.new";
        File.Delete(fresh);
        PrivateFiles.Create(fresh);
        File.WriteAllText(fresh, $"{Process.Pid}\n{state.ToJsonString()}\n");
        File.Move(fresh, path, overwrite: true);
    }

    private static string[] Lines(FileStream file)
    {
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n');
    }
}
