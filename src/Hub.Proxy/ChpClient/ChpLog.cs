using JupyterHub.Core.Configuration;
using JupyterHub.Core.Processes;
using Microsoft.Extensions.Logging;

namespace JupyterHub.Proxy.ChpClient;

/// <summary>The output of a proxy that the hub starts: <c>logs/proxy.log</c> in the data folder, and the ones before it. It outlives the hub, as the proxy may.</summary>
internal sealed class ChpLog(HubDataFolder folder)
{
    private const long LongestLog = 10 * 1024 * 1024;
    private const int KeptLogs = 3;

    private readonly string path = Path.Combine(folder.Path, "logs", "proxy.log");

    /// <summary>Begins a new one.</summary>
    public string Begin()
    {
        LogFile.Begin(path, KeptLogs);
        return path;
    }

    /// <summary>Cuts one that has grown too long.</summary>
    public void Trim(ILogger logger)
    {
        try
        {
            LogFile.Trim(path, LongestLog, KeptLogs);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Log.LogNotTrimmed(logger, problem);
        }
    }

    /// <summary>The last lines, without a secret.</summary>
    public string Tail(string secret) => LogFile.Tail(path)?.Replace(secret, "…", StringComparison.Ordinal) ?? "(none)";
}
